/** The script of the page at "/". */

import "./elements/search";
import "./elements/explorer";
