import type { Template } from './template';

const dockerfile = `# The compiler stays in the first stage; only what it made goes into the image.
FROM golang:1.24 AS build
WORKDIR /src
COPY go.mod ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \\
    CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /server .

FROM scratch
COPY --from=build /server /server
# A number, because an empty image has no names of users.
USER 65534
EXPOSE 8080
ENTRYPOINT ["/server"]
`;

const main = `package main

import (
	"fmt"
	"log"
	"net/http"
)

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "It works: %s\\n", r.URL.Path)
	})
	log.Println("Listening on port 8080")
	log.Fatal(http.ListenAndServe(":8080", nil))
}
`;

export const go: Template = {
  id: 'go',
  name: 'Go in two stages',
  description: 'Compiled in one stage, alone in the image: some 5 MB instead of 800.',
  files: async () => ({
    Dockerfile: dockerfile,
    '.dockerignore': '.git\n*_test.go\n',
    'go.mod': 'module server\n\ngo 1.24\n',
    'main.go': main,
  }),
  options: { tags: ['go-server'] },
};
