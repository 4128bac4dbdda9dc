// A key that could not be used is told on the page, not in the console.
document.addEventListener('allauth.error', function (event) {
  event.preventDefault()
  document.getElementById('nyckelfel').hidden = false
})
