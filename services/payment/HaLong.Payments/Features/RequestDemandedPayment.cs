using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Payments.Domain;
using MassTransit;

namespace HaLong.Payments.Features;

/// <summary>Asks for what fell due in the course of handling: once for each demand, until the day that the agency gave.</summary>
internal sealed class RequestDemandedPayment(PaymentOpener opener) : IConsumer<DossierFeeDue>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromDays(1);

    public Task Consume(ConsumeContext<DossierFeeDue> context)
    {
        var e = context.Message;
        var purpose = new PaymentPurpose(e.DossierId, e.Code, e.ProcedureCode, e.UnitCode, e.OwnerId, e.ActorId, e.Channel);
        // A message that was long under way must not make a request that is over when it is opened.
        return opener.OpenAsync(
            purpose, e.Fees, e.Basis, FeeMoments.OfDemand(e.Number), now => e.Deadline - now > Shortest ? e.Deadline - now : Shortest, context.CancellationToken);
    }
}
