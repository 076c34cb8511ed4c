using System.CommandLine;
using AiApp.Evals;
using AiApp.Evals.Caching;
using AiApp.Evals.Grounding;
using AiApp.Evals.Quoting;
using AiApp.Evals.Retrieval;
using AiApp.Evals.Tokens;
using AiApp.Evals.Tuning;

var folder = new Argument<DirectoryInfo>("folder") { Description = "Documents, with their golden set in .questions.jsonl; the dot keeps it from being read as a document." };
var floor = new Option<double>("--floor") { Description = "Share of right answers below which the run fails, 0 to 1.", DefaultValueFactory = _ => 0 };
var answers = new Command("answers", "Ingests a folder through the real pipeline, asks its golden questions and scores the answers.") { folder, floor };
answers.SetAction((parsed, ct) => AnswersCommand.RunAsync(parsed.GetRequiredValue(folder), parsed.GetValue(floor), Console.Out, ct));

var root = new RootCommand("Measures AiApp on labelled questions, and its estimates of tokens. Needs ConnectionStrings__aiapp; the exit code is the gate.")
{
    answers, RetrievalCommand.Create(), TuneCommand.Create(), TokensCommand.Create(), GroundingCommand.Create(), QuotesCommand.Create(), CacheCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
