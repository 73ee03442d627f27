using System.Globalization;
using HaLong.Cli;
using HaLong.Cli.Demo;
using HaLong.Cli.Journey;
using HaLong.Cli.Platform;
using Spectre.Console;

// The tool behind run.sh: what runs, is it ready, and does one dossier get through?
//   ready   --run DIR [--timeout SECONDS]      waits until every resource is healthy, writes platform.json, prints the table
//   status  --run DIR                          prints the table
//   journey --run DIR [--out DIR] [--variant NAME | all]   files one dossier and follows it to its signed result
//   demo    --run DIR [--dossiers N]           fills a development platform with a small city
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (Console.IsOutputRedirected)
{
    AnsiConsole.Profile.Width = 200;
}

var options = Arguments.Parse(args);
return options.Command switch
{
    "ready" => await ReadyCommand.RunAsync(options),
    "status" => StatusCommand.Run(options),
    "journey" => await JourneyCommand.RunAsync(options),
    "demo" => await DemoCommand.RunAsync(options),
    _ => Arguments.Usage(),
};
