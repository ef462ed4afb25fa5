from ui.calculators import four_businesses

four_businesses.page()
