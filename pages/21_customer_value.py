from ui.calculators import customer_value

customer_value.page()
