// Reads requests as the engine does, with Go's net/http and encoding/json, and says what they reach.
// Input: a line of JSON for each, {"bytes": base64, "upgraded": bool}; output: a line for each, {"unreadable", "reaches"}.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
)

type input struct {
	Bytes    []byte
	Upgraded bool
}

type output struct {
	Unreadable string `json:"unreadable"`
	Reaches    string `json:"reaches"`
}

const plainID = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

var (
	// As the engine's router: a version, then a path whose dots and double slashes are cleaned away.
	version = regexp.MustCompile(`^/v[0-9.]+/`)
	calls   = regexp.MustCompile(`^(GET|HEAD) /_ping$` +
		`|^GET /(version|info|events|system/df|networks|volumes|images/json|containers/json|images/get)$` +
		`|^GET /(images/.+/(json|history|get)|distribution/.+/json|containers/[^/]+/(json|logs)|exec/[^/]+/json)$` +
		`|^GET /(networks|volumes)/[^/]+$` + // asked by the gate itself
		`|^DELETE /(images/.+|containers/[^/]+|volumes/[^/]+)$` +
		`|^POST /containers/[^/]+/(start|stop|restart|kill|pause|unpause|wait|resize)$` +
		`|^POST /(containers/create|commit|auth|build|build/cancel|build/prune|session)$` +
		`|^POST /(images/create|images/load|images/.+/(push|tag)|exec/[^/]+/(start|resize))$`)
	enters    = regexp.MustCompile(`^(GET|HEAD|PUT|POST) /containers/([^/]+)/(changes|export|archive|attach|exec)$`)
	execStart = regexp.MustCompile(`^POST /exec/([^/]+)/start$`)
	volume    = regexp.MustCompile(`^[a-zA-Z0-9][a-zA-Z0-9_.-]*$`)
	methods   = []string{"/grpc.health.v1.Health/Check", "/moby.filesync.v1.FileSync/DiffCopy",
		"/moby.filesync.v1.Auth/Credentials", "/moby.buildkit.secrets.v1.Secrets/GetSecret"}
)

type hostConfig struct {
	Privileged                                                                          bool
	PidMode, IpcMode, UTSMode, UsernsMode, CgroupnsMode, CgroupParent, NetworkMode      string
	Binds, CapAdd, SecurityOpt, DeviceCgroupRules, VolumesFrom, MaskedPaths, ExtraHosts []string
	Devices, DeviceRequests, Mounts                                                     []any
}

func (h hostConfig) reaches() string {
	for _, bind := range h.Binds {
		parts := strings.Split(bind, ":")
		mode := strings.Join(parts[min(2, len(parts)):], ":")
		if !volume.MatchString(parts[0]) || parts[0] == "disk" || !slices.Contains([]string{"", "ro", "rw"}, mode) {
			return "mounts " + bind
		}
	}
	for _, option := range h.SecurityOpt {
		if option != "no-new-privileges" {
			return "runs with " + option
		}
	}
	if !slices.Contains([]string{"", "default", "none", "bridge", "own"}, h.NetworkMode) {
		return "uses the network " + h.NetworkMode
	}
	h.Binds, h.SecurityOpt, h.NetworkMode = nil, nil, ""
	if rest := fmt.Sprintf("%+v", h); rest != fmt.Sprintf("%+v", hostConfig{}) || h.MaskedPaths != nil {
		return "has " + rest
	}
	return ""
}

func reachesByBody(call string, body []byte) (string, error) {
	switch {
	case call == "POST /containers/create":
		var config struct{ HostConfig hostConfig }
		if err := json.Unmarshal(body, &config); err != nil {
			return "", err
		}
		return config.HostConfig.reaches(), nil
	case strings.HasSuffix(call, "/exec"):
		var exec struct{ Privileged bool }
		if err := json.Unmarshal(body, &exec); err != nil {
			return "", err
		}
		if exec.Privileged {
			return "is a privileged exec", nil
		}
	case strings.HasSuffix(call, "/start") && strings.HasPrefix(call, "POST /containers/") && len(body) > 0:
		return "starts with a configuration", nil
	}
	return "", nil
}

// form has the query, and the body where its type says so.
func reachesByForm(call string, form map[string][]string) string {
	for name, values := range form {
		for _, value := range values {
			switch {
			case call == "POST /commit" && name == "container" && value != plainID,
				call == "POST /images/create" && name == "fromSrc" && value != "-",
				call == "POST /build" && name == "networkmode" && !slices.Contains([]string{"", "default", "none", "bridge"}, value),
				call == "POST /build" && name == "remote" && value != "client-session",
				call == "POST /build" && name == "extrahosts" && strings.Contains(value, "host-gateway"):
				return "has " + name + "=" + value
			}
		}
	}
	return ""
}

func judge(in input) output {
	stream := bufio.NewReader(bytes.NewReader(in.Bytes))
	request, err := http.ReadRequest(stream)
	if err != nil {
		return output{Unreadable: err.Error()}
	}
	body, err := io.ReadAll(request.Body)
	if err != nil && err != io.ErrUnexpectedEOF { // a body that is passed on as it comes may break off
		return output{Unreadable: err.Error()}
	}
	if _, err := stream.Peek(1); err == nil && !in.Upgraded {
		return output{Reaches: "is followed by other bytes"}
	}
	request.Body = io.NopCloser(bytes.NewReader(body))
	if err := request.ParseForm(); err != nil {
		return output{Unreadable: err.Error()}
	}
	cleaned := path.Clean(request.URL.Path)
	if version.MatchString(cleaned) {
		cleaned = cleaned[len(version.FindString(cleaned))-1:]
	}
	call := request.Method + " " + cleaned
	if found := enters.FindStringSubmatch(call); found != nil {
		if found[2] != plainID {
			return output{Reaches: "enters " + found[2]}
		}
	} else if !calls.MatchString(call) {
		return output{Reaches: "is " + call}
	}
	if found := execStart.FindStringSubmatch(call); found != nil && found[1] != "plainexec" {
		return output{Reaches: "starts " + found[1]}
	}
	if call == "POST /session" {
		for _, name := range request.Header["X-Docker-Expose-Session-Grpc-Method"] {
			if !slices.Contains(methods, name) {
				return output{Reaches: "offers " + name}
			}
		}
	}
	if reason := reachesByForm(call, request.Form); reason != "" {
		return output{Reaches: reason}
	}
	reason, err := reachesByBody(call, body)
	if err != nil {
		return output{Unreadable: err.Error()}
	}
	return output{Reaches: reason}
}

func main() {
	decoder := json.NewDecoder(os.Stdin)
	encoder := json.NewEncoder(os.Stdout)
	for {
		var in input
		if err := decoder.Decode(&in); err == io.EOF {
			return
		} else if err != nil {
			panic(err)
		}
		if err := encoder.Encode(judge(in)); err != nil {
			panic(err)
		}
	}
}
