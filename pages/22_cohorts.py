from ui.calculators.cohorts_entry import draw_entry
from ui.kit.page import draw_page

draw_page("cohorts", draw_entry)
