// The floor of what is handed through: workerd's own fetch of the address that is named, and its body back.
export default {
  fetch(request) {
    const url = new URL(request.url).searchParams.get('url')
    return url === null ? new Response('ok') : fetch(url)
  },
}
