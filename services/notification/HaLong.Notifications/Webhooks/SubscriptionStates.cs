using HaLong.Messaging;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Webhooks;

/// <summary>Changes of a subscription that its owner did not ask for: proved, stopped, resumed. Each is told, kept and counted.</summary>
internal sealed class SubscriptionStates(NotificationDbContext db, WebhookMetrics metrics, IOptions<WebhookOptions> options, TimeProvider clock)
{
    /// <summary>Stops deliveries; what waits goes on waiting. Nothing where it is stopped already.</summary>
    public async Task StopAsync(Guid id, SubscriptionState state, string reason, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } subscription || subscription.State is not (SubscriptionState.Active or SubscriptionState.Failing))
            return;
        // Resumed just now: what identity said may be from before.
        if (state == SubscriptionState.Suspended && clock.GetUtcNow() - subscription.StateSince < options.Value.StandingFor)
            return;
        Change(subscription, state, reason, tell: PartnerNotice.Paused);
        // A failing address is tried again by itself; others wait for their owner.
        if (await db.Health.FindAsync([id], ct) is { } health)
            health.ProbeAt(null);
        await SaveAsync(ct);
    }

    /// <summary>What a validation event showed. Nothing where the subscription has another address or another state by now.</summary>
    public async Task ProbedAsync(ClaimedProbe probe, string? error, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var subscription = await FindAsync(probe.Target.SubscriptionId, ct);
        var health = await db.Health.FindAsync([probe.Target.SubscriptionId], ct);
        if (subscription is null || health is null || health.Probes != probe.Number || subscription.Url != probe.Target.Url || subscription.State != probe.State)
            return;

        switch (subscription.State)
        {
            case SubscriptionState.Pending:
                await ProvingAsync(subscription, health, error, now, ct);
                break;
            case SubscriptionState.Active when error is null:
                // It is the event that does not get through, not the address.
                health.Heal();
                break;
            case SubscriptionState.Active:
                Change(subscription, SubscriptionState.Failing, StateReasons.NothingGotThrough, tell: PartnerNotice.Paused);
                health.Fail(error, now + options.Value.ProbeEvery);
                break;
            case SubscriptionState.Failing when error is null:
                await ResumeAsync(subscription, health, StateReasons.Recovered, ct);
                break;
            case SubscriptionState.Failing:
                health.Fail(error, now + options.Value.ProbeEvery);
                break;
            default:
                health.ProbeAt(null);
                break;
        }

        await SaveAsync(ct);
    }

    /// <summary>Whoever got the challenge has confirmed the address.</summary>
    /// <returns>False where there is nothing to confirm.</returns>
    public async Task<bool> ConfirmAsync(Subscription subscription, CancellationToken ct)
    {
        if (subscription.State != SubscriptionState.Pending || await db.Health.FindAsync([subscription.Id], ct) is not { } health)
            return subscription.ProvedAt is not null;
        Prove(subscription, health, clock.GetUtcNow());
        await SaveAsync(ct);
        return true;
    }

    private async Task ProvingAsync(Subscription subscription, SubscriptionHealth health, string? error, DateTimeOffset now, CancellationToken ct)
    {
        if (error is null)
        {
            Prove(subscription, health, now);
            return;
        }

        if (now - subscription.ProofStartedAt < options.Value.ProofFor)
        {
            health.Fail(error, now + RetrySchedule.Doubling(options.Value.ProofDelay, options.Value.ProbeEvery, health.Probes));
            return;
        }

        Change(subscription, SubscriptionState.Expired, StateReasons.NotProved);
        health.Fail(error, null);
        await db.Deliveries.Where(d => d.SubscriptionId == subscription.Id && d.State == DeliveryState.Pending).ExecuteDeleteAsync(ct);
    }

    private void Prove(Subscription subscription, SubscriptionHealth health, DateTimeOffset now)
    {
        subscription.Proved(now);
        health.Heal();
        metrics.Changed(SubscriptionState.Active);
        db.Add(new SubscriptionChange { SubscriptionId = subscription.Id, At = now, What = "proved", By = "platform" });
    }

    private async Task ResumeAsync(Subscription subscription, SubscriptionHealth health, string reason, CancellationToken ct)
    {
        Change(subscription, SubscriptionState.Active, reason, tell: PartnerNotice.Resumed);
        health.Heal();
        await db.MakeDueAsync(subscription.Id, clock.GetUtcNow(), ct);
    }

    private void Change(Subscription subscription, SubscriptionState state, string reason, string? tell = null)
    {
        var now = clock.GetUtcNow();
        subscription.Become(state, reason, now);
        metrics.Changed(state);
        db.Add(new SubscriptionChange { SubscriptionId = subscription.Id, At = now, What = Words.Of(state), Reason = reason, By = "platform" });
        if (tell is not null)
            db.Enqueue(new TellPartner(subscription.Id, subscription.Owner, tell, reason, new Uri(subscription.Url).Host, now));
    }

    private Task<Subscription?> FindAsync(Guid id, CancellationToken ct) => db.Subscriptions.SingleOrDefaultAsync(s => s.Id == id, ct);

    private async Task SaveAsync(CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Its owner was faster. What is still so will be found again.
            return;
        }

        await db.WakeAsync(ct);
    }
}
