from ui.calculators.extras import draw_looks_again
from ui.kit.page import draw_page

draw_page("experiments", draw_looks_again)
