/** Shows the routes that hold every word that is typed; without it the page is whole, and the browser's own search finds all. */
export const searchScript = `
const find = document.getElementById('find');
const found = document.getElementById('found');
const routes = [...document.querySelectorAll('main section > details')];
const texts = routes.map((route) => (route.parentElement.firstElementChild.textContent + ' ' + route.textContent).toLowerCase());
const look = () => {
  const words = find.value.toLowerCase().split(/\\s+/).filter(Boolean);
  let count = 0;
  routes.forEach((route, index) => {
    route.hidden = !words.every((word) => texts[index].includes(word));
    if (!route.hidden) count += 1;
  });
  for (const section of document.querySelectorAll('main section.routes'))
    section.hidden = [...section.querySelectorAll('details')].every((route) => route.hidden);
  found.textContent = words.length === 0 ? '' : count + (count === 1 ? ' route' : ' routes');
};
document.getElementById('search').hidden = false;
find.addEventListener('input', look);
const openNamed = () => {
  const named = document.getElementById(location.hash.slice(1));
  if (named && named.tagName === 'DETAILS') named.open = true;
};
addEventListener('hashchange', openNamed);
openNamed();
`;
