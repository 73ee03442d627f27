using HaLong.Identity.Contracts.Events;
using MassTransit;

namespace HaLong.Identity.AccessLog;

/// <summary>Keeps what the services report. Reports may come twice, late, or in another order.</summary>
internal sealed class RecordDataRead(AccessLedger ledger) : IConsumer<PersonalDataRead>
{
    /// <summary>The same person looking at the same thing again within this time is one record.</summary>
    private static readonly TimeSpan OnceIn = TimeSpan.FromMinutes(10);

    public Task Consume(ConsumeContext<PersonalDataRead> context)
    {
        var read = context.Message;
        return ledger.AppendAsync(
            new Reading(read.SubjectIds, read.ActorId, read.ActorRole, read.Unit, read.Service, read.What, read.ObjectId, read.Purpose, null, read.At),
            OnceIn, context.CancellationToken);
    }
}
