from ui.calculators.money_sales import draw
from ui.kit.page import draw_page

draw_page("money", draw)
