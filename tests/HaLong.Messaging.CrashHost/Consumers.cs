using System.Collections.Concurrent;
using System.Diagnostics;
using MassTransit;

namespace HaLong.Messaging.CrashHost;

/// <summary>How the consumers of one host behave; a test turns the dials.</summary>
internal sealed class Behaviour
{
    /// <summary>Attempts that fail still, by work.</summary>
    public ConcurrentDictionary<Guid, int> Failures { get; } = [];

    /// <summary>Attempts made, by work.</summary>
    public ConcurrentDictionary<Guid, int> Attempts { get; } = [];

    /// <summary>Thrown while <see cref="Failures"/> lasts.</summary>
    public Func<Exception> Fault { get; set; } = () => new InvalidOperationException("This consumer was told to fail.");

    /// <summary>Awaited inside each consumption.</summary>
    public Func<Task> Meanwhile { get; set; } = () => Task.CompletedTask;
}

internal sealed class RecordWork(SampleDb db, Behaviour behaviour, TimeProvider time) : IConsumer<WorkDone>
{
    public async Task Consume(ConsumeContext<WorkDone> context)
    {
        var id = context.Message.WorkId;
        behaviour.Attempts.AddOrUpdate(id, 1, (_, n) => n + 1);
        db.Effects.Add(new Effect { WorkId = id, Consumer = nameof(RecordWork), At = time.GetUtcNow(), TraceId = Activity.Current?.TraceId.ToHexString() });
        db.Enqueue(new WorkRecorded(id));
        await behaviour.Meanwhile();
        if (behaviour.Failures.TryGetValue(id, out var left) && left > 0)
        {
            // The worst moment: the effect and the event are written, only the commit is missing.
            behaviour.Failures[id] = left - 1;
            await db.SaveChangesAsync(context.CancellationToken);
            throw behaviour.Fault();
        }
    }
}

internal sealed class RecordFollowUp(SampleDb db, TimeProvider time) : IConsumer<WorkRecorded>
{
    public Task Consume(ConsumeContext<WorkRecorded> context)
    {
        db.Effects.Add(new Effect
        {
            WorkId = context.Message.WorkId,
            Consumer = nameof(RecordFollowUp),
            At = time.GetUtcNow(),
            TraceId = Activity.Current?.TraceId.ToHexString(),
        });
        return Task.CompletedTask;
    }
}
