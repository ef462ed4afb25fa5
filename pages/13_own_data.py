from ui.calculators import own_data

own_data.page()
