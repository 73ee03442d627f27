using System.Reflection;

namespace HaLong.AppHost.Native;

/// <summary>Runs the entry point of an AppHost up to <c>Build()</c> and hands its builder to a test.</summary>
internal sealed class EntryPointHook(Assembly appHost, string[] args)
{
    private static readonly AsyncLocal<EntryPointHook?> Local = new();
    private readonly TaskCompletionSource<DistributedApplicationBuilder> _builder = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> _application = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _mayBuild = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _abandoned;

    public static EntryPointHook? Current => Local.Value;

    public Assembly AppHost => appHost;

    public string[] Args => args;

    public Task<DistributedApplicationBuilder> StartAsync()
    {
        new Thread(Enter) { IsBackground = true, Name = "AppHost entry point" }.Start();
        return _builder.Task;
    }

    public Task<DistributedApplication> BuildAsync()
    {
        _mayBuild.TrySetResult();
        return _application.Task;
    }

    public void Abandon()
    {
        _abandoned = true;
        _mayBuild.TrySetResult();
    }

    /// <summary>On the entry point's thread: the model is complete; waits until the test wants it built.</summary>
    public void HandOver(DistributedApplicationBuilder builder)
    {
        _builder.TrySetResult(builder);
        _mayBuild.Task.GetAwaiter().GetResult();
        if (_abandoned)
            throw new Stopped();
    }

    /// <summary>On the entry point's thread: ends it, the test runs the application from here.</summary>
    public void Finish(DistributedApplication application)
    {
        _application.TrySetResult(application);
        throw new Stopped();
    }

    private void Enter()
    {
        Local.Value = this;
        try
        {
            var entry = appHost.EntryPoint ?? throw new InvalidOperationException($"{appHost.GetName().Name} has no entry point.");
            var result = entry.Invoke(null, entry.GetParameters().Length == 0 ? [] : [Array.Empty<string>()]);
            (result as Task)?.GetAwaiter().GetResult();
            Fail(new InvalidOperationException($"{appHost.GetName().Name} has ended without Build()."));
        }
        catch (Exception exception)
        {
            var cause = exception is TargetInvocationException { InnerException: { } inner } ? inner : exception;
            if (cause is not Stopped)
                Fail(cause);
        }
    }

    private void Fail(Exception exception)
    {
        _builder.TrySetException(exception);
        _application.TrySetException(exception);
    }

    private sealed class Stopped : Exception;
}
