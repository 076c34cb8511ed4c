using System.CommandLine;
using AiApp.Evals;

var folder = new Argument<DirectoryInfo>("folder") { Description = "Documents, with their golden set in questions.jsonl." };
var floor = new Option<double>("--floor") { Description = "Share of right answers below which the run fails, 0 to 1.", DefaultValueFactory = _ => 0 };
var answers = new Command("answers", "Ingests a folder through the real pipeline, asks its golden questions and scores the answers.") { folder, floor };
answers.SetAction((parsed, ct) => AnswersCommand.RunAsync(parsed.GetRequiredValue(folder), parsed.GetValue(floor), Console.Out, ct));

var sets = new Argument<DirectoryInfo[]>("sets") { Description = "Labelled sets: corpus.jsonl, queries.jsonl, qrels.tsv.", Arity = ArgumentArity.OneOrMore };
var runs = new Option<DirectoryInfo?>("--runs") { Description = "Folder for run files in the format of trec_eval." };
var retrieval = new Command("retrieval", "Ingests labelled sets through the real pipeline and scores each leg and the fusion.") { sets, runs };
retrieval.SetAction((parsed, ct) => RetrievalCommand.RunAsync(parsed.GetRequiredValue(sets), parsed.GetValue(runs), Console.Out, ct));

var root = new RootCommand("Measures AiApp on labelled questions. Needs ConnectionStrings__aiapp; the exit code is the gate.") { answers, retrieval };
return await root.Parse(args).InvokeAsync();
