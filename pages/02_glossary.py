from ui.learn import glossary

glossary.page()
