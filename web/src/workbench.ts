/** The script of the page at "/sparql". */

import "./elements/workbench";
