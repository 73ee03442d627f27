using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.InteropServices;
using Aspire.Hosting.Publishing;
using HaLong.AppHost.Native;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>The application: runs the model, or writes it to a manifest when started with <c>--publisher manifest</c>.</summary>
public sealed class DistributedApplication : IHost, IAsyncDisposable
{
    private readonly DistributedApplicationBuilder _builder;
    private readonly IHost _host;
    private readonly Board _board;
    private Orchestrator? _orchestrator;

    internal DistributedApplication(DistributedApplicationBuilder builder, IHost host)
    {
        (_builder, _host) = (builder, host);
        _board = new Board(TimeProvider.System);
        ResourceNotifications = new ResourceNotificationService(_board);
    }

    /// <summary>Begins a model.</summary>
    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => new DistributedApplicationBuilder(args, Assembly.GetEntryAssembly());

    /// <summary>Services of the host itself.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>Tells when resources change.</summary>
    public ResourceNotificationService ResourceNotifications { get; }

    internal Board Board => _board;

    internal string RunDirectory => _builder.Folder.Root;

    internal IReadOnlyList<string> LastLines(string resource) => _orchestrator?.LastLines(resource) ?? [];

    internal IEnumerable<Resource> Model => _builder.Resources.OfType<Resource>();

    internal Resource Find(string name) =>
        Model.FirstOrDefault(r => r.Name == name) ?? throw new ArgumentException($"There is no resource '{name}'.", nameof(name));

    /// <summary>Starts everything in its order and returns at once; wait by <see cref="ResourceNotifications" />.</summary>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        var orchestrator = new Orchestrator(_builder, _board);
        await orchestrator.StartAsync();
        _orchestrator = orchestrator;
    }

    /// <summary>Stops everything: in reverse order, within ten seconds.</summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        if (_orchestrator is { } orchestrator)
            await orchestrator.StopAsync();
        _orchestrator = null;
    }

    /// <summary>Runs until Ctrl-C or SIGTERM, or publishes.</summary>
    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <summary>Runs until Ctrl-C, SIGTERM or <paramref name="cancellationToken" />, or publishes.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "Signal registrations are disposed by using.")]
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (_builder.ExecutionContext.IsPublishMode)
        {
            ManifestWriter.Write(_builder);
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        void Handle(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Handle);
        try
        {
            await StartAsync(stop.Token);
            await Task.Delay(Timeout.InfiniteTimeSpan, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (DistributedApplicationException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            System.Environment.ExitCode = 1;
        }
        finally
        {
            await StopAsync(CancellationToken.None);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _builder.Folder.Dispose();
        _host.Dispose();
    }

    /// <inheritdoc />
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
