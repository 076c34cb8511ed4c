using AiApp.Cli;

return await CommandLine.RunAsync(args, Terminal.OfProcess(), Surroundings.OfProcess());
