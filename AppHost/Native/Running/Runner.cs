using System.Diagnostics;
using Microsoft.Extensions.Configuration;

namespace HaLong.AppHost.Native;

/// <summary>What the runners of one application share.</summary>
internal sealed record Setting(Board Board, Journal Journal, RunFolder Folder, Ports Ports, IConfiguration Configuration, string EnvironmentName, HttpClient Http);

/// <summary>Carries one process through its life: waits for what it needs, starts it, watches its health, starts it again after a crash.</summary>
internal sealed class Runner(Instance instance, Setting setting)
{
    private static readonly TimeSpan EagerPoll = TimeSpan.FromMilliseconds(100), CalmPoll = TimeSpan.FromSeconds(1), ProbeLimit = TimeSpan.FromSeconds(3);
    private readonly BackOff _backOff = new(setting.Board.Time);
    private readonly List<ChildProcess> _helpers = [];
    private ChildProcess? _process;
    private volatile bool _stopping;

    public Instance Instance => instance;

    private Resource Resource => instance.Resource;

    private Board Board => setting.Board;

    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            await WaitForOthersAsync(ct);
            if (Resource is PostgresDatabaseResource database)
                await FollowAsync(database, ct);
            else
                await KeepRunningAsync(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            if (instance.State is State.Waiting or State.NotStarted)
                Board.Update(instance, State.Exited);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    public async Task StopAsync(TimeSpan grace)
    {
        _stopping = true;
        if (_process is { Exited.IsCompleted: false } process)
        {
            Board.Update(instance, State.Stopping);
            await process.StopAsync(grace);
        }

        await StopHelpersAsync();
    }

    public void Kill()
    {
        _stopping = true;
        foreach (var process in _helpers.Append(_process).OfType<ChildProcess>().ToList())
            process.Kill();
    }

    private async Task WaitForOthersAsync(CancellationToken ct)
    {
        foreach (var rule in Resource.Waits)
        {
            await Board.WhenAsync(
                () =>
                {
                    var reason = Missing(rule);
                    if (reason is not null && (instance.State != State.Waiting || instance.Reason != reason))
                        Board.Update(instance, State.Waiting, reason);
                    return reason is null;
                },
                ct);
        }
    }

    /// <summary>Null when the rule is fulfilled, otherwise what is missing, in words.</summary>
    private string? Missing(WaitRule rule)
    {
        if (!rule.Target.HasProcess && rule.Target is not PostgresDatabaseResource)
            return null;
        var others = Board.Of(rule.Target.Name);
        var name = rule.Target.Name;
        if (rule.ExitCode is { } wanted)
        {
            if (others.FirstOrDefault(o => o.State == State.Finished && o.ExitCode != wanted) is { } failed)
                return $"{name} has failed: it ended with exit code {failed.ExitCode}, expected {wanted}";
            if (others.FirstOrDefault(o => o.State == State.FailedToStart) is { } unstartable)
                return $"{name} could not be started: {unstartable.Reason}";
            return others.All(o => o.State == State.Finished) ? null : $"waits for {name} to finish";
        }

        if (others.All(o => o.Health == Health.Healthy))
            return null;
        return others.FirstOrDefault(o => o.State is State.Finished or State.FailedToStart or State.Exited) is { } down
            ? $"{name} has failed: {down.Reason ?? $"it ended with exit code {down.ExitCode}"}"
            : $"waits for {name}";
    }

    /// <summary>A database has no process: it is there when its server is and it has been created.</summary>
    private async Task FollowAsync(PostgresDatabaseResource database, CancellationToken ct)
    {
        while (true)
        {
            await Board.WhenAsync(() => Board.Of(database.Server.Name).All(s => s.Health == Health.Healthy), ct);
            try
            {
                await database.Server.EnsureDatabaseAsync(database.DatabaseName, ct);
                Board.Update(instance, State.Running, health: Health.Healthy);
                await Board.WhenAsync(() => Board.Of(database.Server.Name).Any(s => s.Health != Health.Healthy), ct);
                Board.Update(instance, State.Running, $"waits for {database.Server.Name}", Health.Unhealthy);
            }
            catch (Npgsql.NpgsqlException exception)
            {
                Fail(exception);
                await Task.Delay(CalmPoll, ct);
            }
        }
    }

    private async Task KeepRunningAsync(CancellationToken ct)
    {
        while (!_stopping)
        {
            var began = Stopwatch.GetTimestamp();
            string how;
            try
            {
                how = await RunOnceAsync(ct);
                if (_stopping || ct.IsCancellationRequested)
                    return;
                if (Resource.RunsToCompletion || (instance.ExitCode == 0 && Resource is ExecutableResource { Endpoints.Count: 0 }))
                {
                    var good = instance.ExitCode == 0;
                    Board.Update(instance, State.Finished, good ? null : $"{how}{LastWords()}", good ? Health.Healthy : Health.Unhealthy);
                    return;
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Fail(exception);
                if (Resource.RunsToCompletion)
                    return;
                how = $"could not be started ({exception.Message})";
            }

            await StopHelpersAsync();
            var (delay, words) = _backOff.Next(Stopwatch.GetElapsedTime(began), how);
            Board.Update(instance, i => (i.Reason, i.Health, i.Pids) = (words, Health.Unhealthy, []));
            Say($"{words}{LastWords()}");
            await Task.Delay(delay, Board.Time, ct);
            Board.Update(instance, i => i.Restarts++);
        }
    }

    /// <summary>Starts the process and returns when it has ended, saying how.</summary>
    private async Task<string> RunOnceAsync(CancellationToken ct)
    {
        Board.Update(instance, State.Starting);
        var spec = Resource is ServerResource server
            ? await server.PrepareAsync(new Preparation(setting.Folder, setting.Configuration, setting.Ports, StartHelperAsync), ct)
            : Specification();
        ct.ThrowIfCancellationRequested();
        using var process = _process = await Launcher.StartAsync(spec, line => setting.Journal.Write(instance.DisplayName, line));
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Board.Update(instance, i => i.Pids = [process.Pid, .. _helpers.Select(h => h.Pid)]);
        var probing = ProbeAsync(ended.Token);
        var exitCode = await process.Exited;
        await ended.CancelAsync();
        await probing;
        // What is still in the pipe belongs to the last words; a grandchild that holds it open must not hold us up.
        await Task.WhenAny(process.OutputRead, Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None));
        Board.Update(instance, i => (i.State, i.Health, i.ExitCode, i.Pids) = (_stopping ? State.Exited : State.Finished, Health.Unknown, exitCode, []));
        return exitCode > 128 ? $"was ended by signal {exitCode - 128}" : $"ended with exit code {exitCode}";
    }

    private LaunchSpec Specification()
    {
        var variables = Surroundings.Of(Resource, instance.Index, setting.EnvironmentName, Environment.GetEnvironmentVariable);
        if (Resource is ExecutableResource executable)
            return new LaunchSpec(Programs.Existing(executable.Command, executable.WorkingDirectory), executable.Arguments, executable.WorkingDirectory) { Environment = variables, StopGroup = true };
        var metadata = ((ProjectResource)Resource).Metadata;
        var target = (metadata as IBuiltProject)?.TargetPath
            ?? throw new DistributedApplicationException($"{metadata.GetType().Name} does not say where its assembly is.");
        if (!File.Exists(target))
            throw new DistributedApplicationException($"{target} has not been built.");
        return new LaunchSpec(Surroundings.DotNet(), ["exec", target, .. Resource.Arguments], Path.GetDirectoryName(metadata.ProjectPath)!) { Environment = variables };
    }

    private async Task<ChildProcess> StartHelperAsync(LaunchSpec spec)
    {
        var helper = await Launcher.StartAsync(spec, line => setting.Journal.Write(instance.DisplayName, line));
        _helpers.Add(helper);
        return helper;
    }

    private async Task StopHelpersAsync()
    {
        await Task.WhenAll(_helpers.Select(h => h.StopAsync(TimeSpan.FromSeconds(1))));
        _helpers.Clear();
    }

    private async Task ProbeAsync(CancellationToken ct)
    {
        try
        {
            if (Resource is not ServerResource && Resource.HealthChecks.Count == 0)
            {
                // Without a check, running is all that can be known; a run to completion is healthy when it has succeeded.
                Board.Update(instance, State.Running, health: Resource.RunsToCompletion ? Health.Unknown : Health.Healthy);
                return;
            }

            while (true)
            {
                var trouble = await TroubleAsync(ct);
                var health = trouble is null ? Health.Healthy : instance.Health == Health.Unknown ? Health.Unknown : Health.Unhealthy;
                if (instance.State != State.Running || instance.Health != health || instance.Reason != trouble)
                    Board.Update(instance, State.Running, trouble, health);
                await Task.Delay(trouble is null ? CalmPoll : EagerPoll, ct);
            }
        }
        catch (OperationCanceledException)
        {
            // The process has ended.
        }
    }

    private async Task<string?> TroubleAsync(CancellationToken ct)
    {
        if (Resource is ServerResource server)
            return await server.ProbeAsync(ct);
        foreach (var check in Resource.HealthChecks)
        {
            var endpoint = check.EndpointName is { } name ? Resource.EndpointNamed(name) : Resource.HttpEndpoint;
            if (endpoint is null)
                return "has a health check but no endpoint";
            // While a process starts it is asked ten times a second; a refused connection costs less than an exception.
            if (instance.Health == Health.Unknown && !await Ports.IsListeningAsync(endpoint.PortOf(instance.Index)))
                return $"{check.Path} does not answer";
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(ProbeLimit);
            try
            {
                using var response = await setting.Http.GetAsync($"{endpoint.Url(instance.Index)}{check.Path}", HttpCompletionOption.ResponseHeadersRead, limit.Token);
                if ((int)response.StatusCode != check.StatusCode)
                    return $"{check.Path} answers {(int)response.StatusCode}";
            }
            catch (HttpRequestException)
            {
                return $"{check.Path} does not answer";
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                return $"{check.Path} does not answer within {ProbeLimit.TotalSeconds:0} s";
            }
        }

        return null;
    }

    private void Fail(Exception exception)
    {
        Board.Update(instance, State.FailedToStart, exception.Message, Health.Unhealthy);
        Say(exception is DistributedApplicationException or Npgsql.NpgsqlException ? exception.Message : exception.ToString());
    }

    private void Say(string words) => setting.Journal.Write(Orchestrator.HostName, $"{instance.DisplayName}: {words}");

    private string LastWords() =>
        // Of an exception the message says more than the frames below it.
        setting.Journal.Last(instance.DisplayName).LastOrDefault(line => !string.IsNullOrWhiteSpace(line) && !line.TrimStart().StartsWith("at ", StringComparison.Ordinal))
            is { } line ? $" (last words: {line.Trim()})" : "";
}
