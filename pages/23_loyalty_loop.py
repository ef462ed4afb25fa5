from ui.calculators import loyalty_loop

loyalty_loop.page()
