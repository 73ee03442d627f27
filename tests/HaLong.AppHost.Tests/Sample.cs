using System.Diagnostics;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using HaLong.AppHost.Native;

namespace HaLong.AppHost.Tests;

/// <summary>A running application in a folder of its own.</summary>
internal sealed class Sample : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private Sample(DistributedApplication app) => App = app;

    public DistributedApplication App { get; }

    public static IDistributedApplicationBuilder Model(params string[] args) =>
        DistributedApplication.CreateBuilder(["--Ephemeral=true", "--Console=none", .. args]);

    public static async Task<Sample> StartAsync(IDistributedApplicationBuilder builder)
    {
        var app = builder.Build();
        try
        {
            await app.StartAsync(TestContext.Current.CancellationToken);
            return new Sample(app);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public static async Task<Sample> StartAsync(Action<IDistributedApplicationBuilder> model, params string[] args)
    {
        var builder = Model(args);
        model(builder);
        return await StartAsync(builder);
    }

    public Task HealthyAsync(string name) => WithinPatience(App.ResourceNotifications.WaitForResourceHealthyAsync(name), name);

    public Task StateAsync(string name, string state) => WithinPatience(App.ResourceNotifications.WaitForResourceAsync(name, state), name);

    public async Task UntilAsync(Func<bool> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            if (watch.Elapsed > Patience)
                throw new TimeoutException($"{what}: {string.Join("; ", App.Board.All.Select(i => App.Describe(i.Resource.Name)))}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public Instance Instance(string name) => App.Board.Of(name)[0];

    public ValueTask DisposeAsync() => App.DisposeAsync();

    private async Task WithinPatience(Task task, string name)
    {
        try
        {
            await task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{App.Describe(name)}: {string.Join('\n', App.GetLastLines(name))}");
        }
    }
}

internal static class SampleExtensions
{
    /// <summary>A web server, healthy after some 200 ms.</summary>
    public static IResourceBuilder<ProjectResource> AddWeb(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddProject<Itself>(name, launchProfileName: null).WithEnvironment(Roles.Variable, "web").WithHttpEndpoint(name: "http").WithHttpHealthCheck("/health");

    /// <summary>A shell script.</summary>
    public static IResourceBuilder<ExecutableResource> AddScript(this IDistributedApplicationBuilder builder, string name, string script) =>
        builder.AddExecutable(name, "sh", "/", "-c", script);

    public static bool IsAlive(int pid) => File.Exists($"/proc/{pid}/stat") && File.ReadAllText($"/proc/{pid}/stat").Split(") ")[^1][0] is not 'Z';
}
