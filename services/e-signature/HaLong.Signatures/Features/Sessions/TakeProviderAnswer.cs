using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Providers;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Features.Sessions;

/// <summary>
/// A provider says that it has an answer, as often as it likes. The order is made due at once; what the answer is, the worker asks for. One that nobody waits
/// for any more is made due too: its answer is recorded.
/// </summary>
internal sealed class TakeProviderAnswer(SignatureDbContext db, TimeProvider time) : IConsumer<ProviderAnswered>
{
    // Nobody is called from here: this runs inside the transaction of the inbox.
    public Task Consume(ConsumeContext<ProviderAnswered> context)
    {
        var (id, now) = (context.Message.OrderId, time.GetUtcNow());
        return db.Set<SigningOrder>().Where(o => o.Id == id && o.State != OrderState.Done)
            .ExecuteUpdateAsync(s => s.SetProperty(o => o.NextAt, now).SetProperty(o => o.NoticedAt, now), context.CancellationToken);
    }
}
