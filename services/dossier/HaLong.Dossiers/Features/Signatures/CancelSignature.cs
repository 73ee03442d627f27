using HaLong.Dossiers.Papers;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using MassTransit;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Features.Signatures;

/// <summary>Takes a signing session back that nobody needs any more: the dossier was withdrawn or stopped, or somebody else is to sign.</summary>
internal sealed class CancelSignature(DossierDbContext db, SigningSessionClient sessions, IOptions<DossierOptions> options) : IConsumer<SignatureCancelDue>
{
    public async Task Consume(ConsumeContext<SignatureCancelDue> context)
    {
        var (session, attempt) = context.Message;
        var done = await sessions.CancelAsync(session, context.CancellationToken);
        if (!done.IsSuccess)
            db.Enqueue(new SignatureCancelDue(session, attempt + 1), Sealing.PauseAfter(attempt, options.Value.SigningRetry));
    }
}
