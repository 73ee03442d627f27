using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Payments.Domain;
using MassTransit;
using Microsoft.Extensions.Options;

namespace HaLong.Payments.Features;

/// <summary>Asks for the money that is due when a dossier is filed: once for each dossier, whatever is told how often.</summary>
internal sealed class RequestPayment(PaymentOpener opener, IOptions<PaymentOptions> options) : IConsumer<DossierSubmitted>
{
    public Task Consume(ConsumeContext<DossierSubmitted> context)
    {
        var e = context.Message;
        var purpose = new PaymentPurpose(e.DossierId, e.Code, e.ProcedureCode, e.UnitCode, e.OwnerId, e.ActorId, e.Channel);
        return opener.OpenAsync(purpose, e.Fees, e.Basis, FeeMoments.AtFiling, _ => options.Value.LifetimeOf(e.ProcedureCode), context.CancellationToken);
    }
}
