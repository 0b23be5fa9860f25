/** The questions to start with, as the server put them into the page: words and addresses. */

export interface Question {
  readonly text: string;
  readonly href: string;
}

export function startingQuestions(): readonly Question[] {
  const block = document.getElementById("questions");
  return block?.textContent ? (JSON.parse(block.textContent) as Question[]) : [];
}
