from ui.calculators import money

money.page()
