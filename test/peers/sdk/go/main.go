// Command go is WeChat Pay's own Go SDK, asked by the tests: each line of JSON on stdin is a question, each line on
// stdout its answer.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
)

// question is one line of stdin: an operation and what it needs.
type question struct {
	ID int    `json:"id"`
	Op string `json:"op"`
	arguments
}

type answer struct {
	ID     int         `json:"id"`
	Result interface{} `json:"result,omitempty"`
	Error  string      `json:"error,omitempty"`
}

func main() {
	lines := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := json.NewEncoder(os.Stdout)
	peer := &peer{}
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			var asked question
			given := answer{}
			if problem := json.Unmarshal(line, &asked); problem != nil {
				given.Error = problem.Error()
			} else {
				given.ID = asked.ID
				result, problem := peer.do(asked.Op, asked.arguments)
				if problem != nil {
					given.Error = problem.Error()
				} else {
					given.Result = result
				}
			}
			if problem := out.Encode(given); problem != nil {
				fmt.Fprintln(os.Stderr, problem)
				os.Exit(1)
			}
		}
		if err != nil {
			return
		}
	}
}
