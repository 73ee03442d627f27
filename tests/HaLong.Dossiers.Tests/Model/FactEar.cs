using System.Collections.Concurrent;
using HaLong.Dossiers.Contracts.Events;
using MassTransit;

namespace HaLong.Dossiers.Tests.Model;

/// <summary>A neighbour that hears every fact about dossiers, in a queue of its own.</summary>
internal sealed class FactEar : IAsyncDisposable
{
    private readonly ConcurrentQueue<(Guid Dossier, long Sequence, string Name, object Fact)> heard = new();
    private readonly IBusControl bus;

    private FactEar(Uri broker) => bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
    {
        rabbit.Host(broker);
        rabbit.ReceiveEndpoint($"facts-{Guid.CreateVersion7():N}", queue =>
        {
            queue.AutoDelete = true;
            Hear<DossierSubmitted>(queue, m => (m.DossierId, m.Sequence));
            Hear<DossierAccepted>(queue, m => (m.DossierId, m.Sequence));
            Hear<DossierNotAccepted>(queue, m => (m.DossierId, m.Sequence));
            Hear<DossierSupplementRequested>(queue, m => (m.DossierId, m.Sequence));
            Hear<DossierSupplemented>(queue, m => (m.DossierId, m.Sequence));
            Hear<DossierProcessingStarted>(queue, m => (m.DossierId, m.Sequence));
            Hear<DossierFeeDue>(queue, m => (m.DossierId, m.Sequence));
            Hear<DossierFeePaid>(queue, m => (m.DossierId, m.Sequence));
            Hear<DossierDeadlineExtended>(queue, m => (m.DossierId, m.Sequence));
            Hear<DossierOverdue>(queue, m => (m.DossierId, m.Sequence));
            Hear<DossierDeadlineChanged>(queue, m => (m.DossierId, m.Sequence));
            Hear<DossierApproved>(queue, m => (m.DossierId, m.Sequence));
            Hear<DossierRefused>(queue, m => (m.DossierId, m.Sequence));
            Hear<DossierResultReady>(queue, m => (m.DossierId, m.Sequence));
            Hear<DossierResultCorrected>(queue, m => (m.DossierId, m.Sequence));
            Hear<DossierReturned>(queue, m => (m.DossierId, m.Sequence));
            Hear<DossierStopped>(queue, m => (m.DossierId, m.Sequence));
            Hear<DossierWithdrawn>(queue, m => (m.DossierId, m.Sequence));
        });
    });

    public static async Task<FactEar> StartAsync(Uri broker)
    {
        var ear = new FactEar(broker);
        await ear.bus.StartAsync(TimeSpan.FromSeconds(30));
        return ear;
    }

    /// <summary>What was heard about a dossier, by its numbers; twice what came twice.</summary>
    public List<(long Sequence, string Name)> Of(Guid dossier) => [.. heard.Where(h => h.Dossier == dossier).Select(h => (h.Sequence, h.Name)).Order()];

    public List<T> All<T>(Guid dossier) => [.. heard.Where(h => h.Dossier == dossier).OrderBy(h => h.Sequence).Select(h => h.Fact).OfType<T>()];

    public async ValueTask DisposeAsync() => await bus.StopAsync(TimeSpan.FromSeconds(5));

    private void Hear<T>(IReceiveEndpointConfigurator queue, Func<T, (Guid Dossier, long Sequence)> number)
        where T : class => queue.Handler<T>(context =>
    {
        var (dossier, sequence) = number(context.Message);
        heard.Enqueue((dossier, sequence, typeof(T).Name, context.Message));
        return Task.CompletedTask;
    });
}
