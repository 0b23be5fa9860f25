/** The script of the page at "/sparql"; the editor and the result views come when they are needed. */

import "./workbench/element";
