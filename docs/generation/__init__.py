"""What makes the generated pages: a module for each part of them. The words are the code's."""
