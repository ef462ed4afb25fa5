from ui.calculators.extras import draw_forecast_again
from ui.kit.page import draw_page

draw_page("pipeline", draw_forecast_again)
