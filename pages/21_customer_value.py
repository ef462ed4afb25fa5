from ui.calculators.extras import value_with_counted_churn
from ui.kit.page import draw_page

draw_page("customer_value", value_with_counted_churn)
