using System.Text.Json;
using Aspire.Hosting;
using HaLong.AppHost.Native;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace HaLong.AppHost.Tests;

/// <summary>This assembly as the "project" of a model: what it does is said by the variable APPHOST_TEST_ROLE.</summary>
public sealed class Itself : IProjectMetadata, IBuiltProject
{
    public string ProjectPath => Path.Combine(Path.GetDirectoryName(TargetPath)!, "Itself.csproj");

    public string TargetPath => typeof(Itself).Assembly.Location;
}

/// <summary>Small programs in place of services and hosts, so that the tests need none of the platform's.</summary>
internal static class Roles
{
    public const string Variable = "APPHOST_TEST_ROLE";

    /// <summary>The entry point of the assembly: a role, or the tests.</summary>
    public static async Task<int> Main(string[] args)
    {
        switch (Environment.GetEnvironmentVariable(Variable))
        {
            case "web":
                Web();
                return 0;
            case "host":
                Host(args);
                return Environment.ExitCode;
            default:
                return args.Any(a => a is "-automated" or "@@")
                    ? await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args)
                    : await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
        }
    }

    /// <summary>Tells its environment; becomes unhealthy or ends when told to.</summary>
    private static void Web()
    {
        var healthy = true;
        var app = WebApplication.CreateSlimBuilder().Build();
        app.MapGet("/health", () => healthy ? Results.Ok() : Results.StatusCode(503));
        app.MapGet("/env", () => Results.Text(JsonSerializer.Serialize(Environment.GetEnvironmentVariables())));
        app.MapGet("/folder", () => Environment.CurrentDirectory);
        app.MapPost("/sick", () => healthy = false);
        app.MapPost("/crash", () => Environment.Exit(3));
        app.Run();
    }

    /// <summary>A host of its own, to be killed or stopped from outside.</summary>
    private static void Host(string[] args)
    {
        var builder = DistributedApplication.CreateBuilder(args);
        builder.AddRedis("cache").WithDataVolume();
        // A child that ignores the polite request, and may have a child of its own.
        var grandchild = builder.Configuration["Grandchild"] is null ? "" : "sleep 1000 &";
        builder.AddExecutable("stubborn", "sh", "/", "-c", $"trap '' TERM; echo started; {grandchild} while true; do sleep 1; done");
        builder.AddExecutable("plain", "sleep", "/", "1000");
        builder.Build().Run();
    }
}
