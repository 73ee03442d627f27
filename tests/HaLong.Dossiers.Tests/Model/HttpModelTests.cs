using System.Collections.Concurrent;
using System.Net;
using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Tests.Features.Lifecycle;
using HaLong.Payments.Contracts.Events;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Model;

/// <summary>Several people work on the same dossiers at once, at random, impatiently pressing twice; afterwards everything fits together.</summary>
public sealed class HttpModelTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private const int Seed = 20261130, Dossiers = 8, Actors = 4, Each = 50;

    private static readonly HttpStatusCode[] Lawful =
        [HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.Forbidden, HttpStatusCode.Conflict, HttpStatusCode.PreconditionFailed];

    private readonly ConcurrentDictionary<HttpStatusCode, int> answers = new();
    private readonly ConcurrentBag<string> kept = [];

    [Fact]
    public async Task Hundreds_of_operations_by_several_at_once_leave_lawful_dossiers_whose_facts_tell_their_timeline()
    {
        TestContext.Current.SendDiagnosticMessage("Seed {0}", Seed);
        await using var ear = await FactEar.StartAsync(new Uri(dossiers.Factory.Broker));
        var owner = dossiers.Citizen();
        var ids = new Guid[Dossiers];
        for (var i = 0; i < Dossiers; i++)
            ids[i] = i % 2 == 0 ? await SubmittedAsync(owner, Free) : await dossiers.ProcessingAsync(owner, officer: Operation.Officer);
        var prepared = await dossiers.InDbAsync(db => db.Timeline.CountAsync(t => ids.Contains(t.DossierId), Ct));

        await Task.WhenAll(Enumerable.Range(0, Actors).Select(n => WorkAsync(new Random(Seed + n), owner, ids)));

        await Afterwards.CalmAsync(dossiers, ear, ids);
        var moves = new List<string>();
        foreach (var id in ids)
            moves.AddRange(await Afterwards.FitsAsync(dossiers, ear, id));
        Assert.Equal(Actors * Each, answers.Values.Sum());
        Assert.All(answers.Keys, code => Assert.Contains(code, Lawful));
        // It was lively enough to say something.
        Assert.True(answers[HttpStatusCode.OK] >= 25 && moves.Distinct().Count() >= 10, $"{answers[HttpStatusCode.OK]} happened: {string.Join(", ", moves.Distinct())}");
        // Under each key one thing happened and no more: as many steps of people as answers that said done, as many records as steps.
        var byPeople = await dossiers.InDbAsync(db => db.Timeline.CountAsync(t => ids.Contains(t.DossierId) && t.ActorRole != "system", Ct));
        Assert.Equal(byPeople, kept.Count + prepared);
        var (supplements, demands) = await dossiers.InDbAsync(async db => (
            await db.Supplements.CountAsync(s => ids.Contains(s.DossierId), Ct), await db.Demands.CountAsync(d => ids.Contains(d.DossierId), Ct)));
        Assert.Equal((moves.Count(m => m == "requestSupplement"), moves.Count(m => m == "requireFee")), (supplements, demands));
    }

    private async Task WorkAsync(Random random, HttpClient owner, Guid[] ids)
    {
        for (var i = 0; i < Each; i++)
        {
            var id = ids[random.Next(ids.Length)];
            var key = Guid.CreateVersion7().ToString();
            var (send, times) = (Choose(random, owner, id, key), random.Next(4) == 0 ? 2 : 1);
            // Twice at once under one key: what happened, happened once, and both hear of the same.
            var heard = await Task.WhenAll(Enumerable.Range(0, times).Select(_ => send()));
            var done = heard.Where(a => a.StatusCode == HttpStatusCode.OK).ToList();
            var bodies = await Task.WhenAll(done.Select(a => a.Content.ReadAsStringAsync(Ct)));
            Assert.InRange(bodies.Distinct().Count(), 0, 1);
            if (done.Count > 0)
                kept.Add(key);
            answers.AddOrUpdate((done.FirstOrDefault() ?? heard[0]).StatusCode, 1, (_, n) => n + 1);
            if (random.Next(6) == 0)
                await PayAsync(random, id);
        }
    }

    private Func<Task<HttpResponseMessage>> Choose(Random random, HttpClient owner, Guid id, string key)
    {
        var revision = random.Next(8) == 0 ? "\"1\"" : null;
        switch (random.Next(12))
        {
            case 0 when random.Next(3) == 0:
                return () => PostAsync(owner, id, "withdrawal", new { reason = "Không còn nhu cầu" }, revision, key);
            case 0 or 1:
                return () => PostAsync(owner, id, "supplement", new { data = new { thua = 5 } }, revision, key);
            case 2:
                return () => PostAsync(dossiers.Official(Roles.Reception), id, "return", new { receivedBy = "Nguyễn Văn Dân" }, revision, key);
            case 3:
                return () => PostAsync(dossiers.Official(Roles.Approver), id, "extension", new { dueDate = "2027-06-01", reason = "Xác minh" }, revision, key);
            default:
                // What ends a dossier comes rarely.
                var operation = Operation.All[random.Next(Operation.All.Count)];
                if (operation.Path is "stop" or "refusal" && random.Next(3) > 0)
                    operation = Operation.All[random.Next(Operation.All.Count)];
                var body = operation.Path == "supplement-requests" ? new { items = new[] { new { field = "/thua", reason = "Thiếu" } } } : operation.Body;
                var client = operation.By(dossiers);
                return () => PostAsync(client, id, operation.Path, body, revision, key);
        }
    }

    // Money for the filing or for a demand, which there may not be; some of it told twice.
    private async Task PayAsync(Random random, Guid id)
    {
        var now = TimeProvider.System.GetUtcNow();
        var settled = new PaymentSettled(Guid.CreateVersion7(), id, "c", Guid.Empty, 5, now, "lab") { Moment = FeeMoments.OfDemand(random.Next(1, 3)) };
        for (var i = random.Next(1, 3); i > 0; i--)
            await dossiers.Factory.PublishAsync(settled);
    }
}
