using System.Security.Cryptography;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Filing.Keys;
using HaLong.Dossiers.Papers;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Persistence.Schema;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Papers;

/// <summary>Papers come, once, whatever is down meanwhile and however often they are asked for.</summary>
public sealed class PaperOutageTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task While_e_signature_is_down_the_paper_waits_and_every_attempt_seals_the_same_bytes()
    {
        var client = dossiers.Citizen();
        dossiers.Neighbours.SignatureDown = true;
        Guid id;
        try
        {
            id = await PaperFlow.RefusedAtReceptionAsync(dossiers, client);
            await Eventually.Async(async () => (await PaperFlow.RowAsync(dossiers, id, PaperForm.Refusal)).Failures >= 2, "two attempts failed");
            Assert.Equal("PENDING", (await PaperFlow.PaperAsync(client, id, PaperForm.Refusal)).GetProperty("status").GetString());
            await RefusedAsync(await client.GetAsync($"/api/v1/dossiers/{id}/forms/1", Ct), 409, "DOS-0602");
        }
        finally
        {
            dossiers.Neighbours.SignatureDown = false;
        }
        var paper = await PaperFlow.SignedAsync(client, id, PaperForm.Refusal);
        var attempts = dossiers.Neighbours.SignRequests.Where(r => r.DocumentId == paper.GetProperty("documentId").GetString()).ToList();
        Assert.True(attempts.Count >= 3);
        Assert.Single(attempts.Select(r => Convert.ToHexString(SHA256.HashData(r.Pdf.Span))).Distinct());
        Assert.Equal((1, 1), (await PaperFlow.CountAsync(dossiers, id, DocumentKind.Form), await PaperFlow.CountAsync(dossiers, id, DocumentKind.UnsignedForm)));
    }

    [Fact]
    public async Task Told_many_times_at_once_one_paper_is_written_and_sealed()
    {
        var client = dossiers.Citizen();
        var id = await PaperFlow.StoppedAsync(dossiers, client);
        var row = await PaperFlow.RowAsync(dossiers, id, PaperForm.Stop);
        await Task.WhenAll(Enumerable.Range(0, 8).SelectMany(_ => new[]
        {
            dossiers.Factory.PublishAsync(new PaperWritingDue(row.Id, 1)), dossiers.Factory.PublishAsync(new PaperSigningDue(row.Id, 1)), dossiers.Factory.PublishAsync(new ControlSlipDue(id)),
        }));
        await PaperFlow.SignedAsync(client, id, PaperForm.Stop);
        await PaperFlow.SignedAsync(dossiers.Official(Roles.Officer), id, PaperForm.Control);
        await PaperFlow.SignedAsync(client, id, PaperForm.Receipt);
        // A later one, so that all notes before it were heard.
        var other = await PaperFlow.RefusedAtReceptionAsync(dossiers, client);
        await PaperFlow.SignedAsync(client, other, PaperForm.Refusal);
        Assert.Equal(
            (2, 1, 2),
            (await PaperFlow.CountAsync(dossiers, id, DocumentKind.Form), await PaperFlow.CountAsync(dossiers, id, DocumentKind.ControlSlip), await PaperFlow.CountAsync(dossiers, id, DocumentKind.UnsignedForm)));
        Assert.Equal(3, await dossiers.InDbAsync(db => db.FormPapers.CountAsync(p => p.DossierId == id && p.SignedAt != null, Ct)));
    }

    [Fact]
    public async Task Notes_about_what_does_not_exist_or_is_not_over_do_nothing()
    {
        var client = dossiers.Citizen();
        var id = await dossiers.ProcessingAsync(client);
        await dossiers.Factory.PublishAsync(new PaperWritingDue(Guid.CreateVersion7(), 1));
        await dossiers.Factory.PublishAsync(new PaperSigningDue(Guid.CreateVersion7(), 1));
        await dossiers.Factory.PublishAsync(new ControlSlipDue(id));
        await dossiers.Factory.PublishAsync(new ControlSlipDue(Guid.CreateVersion7()));
        await PaperFlow.SignedAsync(client, await PaperFlow.RefusedAtReceptionAsync(dossiers, client), PaperForm.Refusal);
        Assert.Equal([PaperForm.Receipt], await dossiers.InDbAsync(db => db.FormPapers.Where(p => p.DossierId == id).Select(p => p.Kind).ToListAsync(Ct)));
    }

    [Fact]
    public async Task A_full_disk_is_waited_out()
    {
        var folder = Directory.CreateTempSubdirectory("papers").FullName;
        await using var own = await dossiers.NewFactory().WithSetting("Files:Path", folder).StartAsync();
        var client = own.Client(dossiers.Identity.Token());
        var id = await SubmittedAsync(client, Free);
        var waiting = Path.Combine(folder, "incoming");
        Directory.Delete(waiting, recursive: true);
        await File.WriteAllTextAsync(waiting, "in the way", Ct);
        await BodyAsync(await PostAsync(own.Client(dossiers.Identity.Token(roles: [Roles.Reception], unit: Unit)), id, "refusal", PaperFlow.Grounds));
        await Eventually.Async(async () => (await RowAsync(own, id)).Failures >= 2, "two attempts to write failed");
        Assert.Null((await RowAsync(own, id)).WrittenAt);
        File.Delete(waiting);
        await PaperFlow.SignedAsync(client, id, PaperForm.Refusal);
    }

    [Fact]
    public async Task A_result_that_cannot_be_written_waits_like_one_that_cannot_be_signed()
    {
        var folder = Directory.CreateTempSubdirectory("papers").FullName;
        await using var own = await dossiers.NewFactory().WithSetting("Files:Path", folder).StartAsync();
        var client = own.Client(dossiers.Identity.Token());
        var id = await SubmittedAsync(client, Free);
        await BodyAsync(await PostAsync(own.Client(dossiers.Identity.Token(roles: [Roles.Reception], unit: Unit)), id, "acceptance"));
        await BodyAsync(await PostAsync(own.Client(dossiers.Identity.Token(roles: [Roles.Officer], unit: Unit)), id, "assignment"));
        await PaperFlow.SignedAsync(client, id, PaperForm.Receipt);
        var waiting = Path.Combine(folder, "incoming");
        Directory.Delete(waiting, recursive: true);
        await File.WriteAllTextAsync(waiting, "in the way", Ct);
        await BodyAsync(await PostAsync(own.Client(dossiers.Identity.Token(roles: [Roles.Approver], unit: Unit)), id, "approval", new { decision = "Chấp thuận đề nghị." }));
        var view = await WaitForAsync(client, id, d => d.GetProperty("signingAttempts").GetInt32() >= 2, "two attempts to write failed");
        Assert.Equal(("PROCESSING", "signature"), (view.GetProperty("status").GetString(), view.GetProperty("waitingFor").GetProperty("who").GetString()));
        File.Delete(waiting);
        await WaitForAsync(client, id, d => d.GetProperty("status").GetString() == "RESOLVED", "the result is signed after all");
    }

    [Fact]
    public async Task Two_replicas_make_one_paper_of_each_form()
    {
        await using var second = new Replica(dossiers);
        var client = dossiers.Citizen();
        var ids = new List<Guid>();
        for (var i = 0; i < 6; i++)
            ids.Add(await SubmittedAsync(client, Free));
        await Task.WhenAll(ids.Select(async (id, i) =>
        {
            var token = dossiers.Identity.Token(roles: [Roles.Reception], unit: Unit);
            await BodyAsync(await PostAsync(i % 2 == 0 ? second.Client(token) : dossiers.Official(Roles.Reception), id, "refusal", PaperFlow.Grounds));
        }));
        var watches = new[] { dossiers.Factory.Services, second.Services }.Select(s => s.GetRequiredService<PaperWatch>());
        await Task.WhenAll(watches.Select(w => w.LookAsync(Ct)));
        foreach (var id in ids)
        {
            var paper = await PaperFlow.SignedAsync(client, id, PaperForm.Refusal);
            var bytes = await PaperFlow.BytesAsync(client, paper);
            Assert.Equal(bytes, await PaperFlow.BytesAsync(second.Client(dossiers.Identity.Token(roles: [Roles.Officer], unit: Unit)), paper));
            Assert.Equal((1, 1), (await PaperFlow.CountAsync(dossiers, id, DocumentKind.Form), await PaperFlow.CountAsync(dossiers, id, DocumentKind.UnsignedForm)));
        }
    }

    [Fact]
    public async Task Without_a_key_for_qr_codes_acceptance_goes_on_and_other_papers_wait_for_it()
    {
        await using var own = await dossiers.NewFactory().WithSetting("Keys:PollInterval", "1.00:00:00").StartAsync();
        var (client, reception) = (own.Client(dossiers.Identity.Token()), own.Client(dossiers.Identity.Token(roles: [Roles.Reception], unit: Unit)));
        var (accepted, refused) = (await SubmittedAsync(client, Free), await SubmittedAsync(client, Free));
        var keys = own.Services.GetRequiredService<SigningKeys>();
        var foreign = SealedKeys.Create("somebody else's password", TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow());
        var ours = await InDbAsync(own, db => db.SigningKeys.AsNoTracking().ToListAsync(Ct));
        await InDbAsync(own, async db =>
        {
            await db.SigningKeys.ExecuteDeleteAsync(Ct);
            db.SigningKeys.Add(foreign);
            return await db.SaveChangesAsync(Ct);
        });
        await keys.RefreshAsync(Ct);

        await BodyAsync(await PostAsync(reception, accepted, "acceptance"));
        Assert.StartsWith("%PDF", await client.GetStringAsync($"/api/v1/dossiers/{accepted}/receipt", Ct), StringComparison.Ordinal);
        await PaperFlow.SignedAsync(client, accepted, PaperForm.Receipt);
        await BodyAsync(await PostAsync(reception, refused, "refusal", PaperFlow.Grounds));
        await Eventually.Async(async () => (await RowAsync(own, refused)) is { Failures: > 0, WrittenAt: null }, "the paper waits");
        await InDbAsync(own, async db =>
        {
            db.SigningKeys.AddRange(ours);
            return await db.SaveChangesAsync(Ct);
        });
        await keys.RefreshAsync(Ct);
        await PaperFlow.SignedAsync(client, refused, PaperForm.Refusal);
    }

    [Fact]
    public async Task With_the_broker_down_the_form_is_issued_and_its_paper_follows()
    {
        // A virtual host of its own: the queues of this one must not be emptied by others.
        await using var proxy = TcpProxy.Start(new Uri(await dossiers.Servers.CreateVhostAsync()));
        await using var own = await dossiers.NewFactory().WithBroker(proxy.Url).StartAsync();
        var client = own.Client(dossiers.Identity.Token());
        var id = await SubmittedAsync(client, Free);
        proxy.Cut();
        await BodyAsync(await PostAsync(own.Client(dossiers.Identity.Token(roles: [Roles.Reception], unit: Unit)), id, "refusal", PaperFlow.Grounds));
        await RefusedAsync(await client.GetAsync($"/api/v1/dossiers/{id}/forms/1", Ct), 409, "DOS-0602");
        proxy.Mend();
        await Eventually.Async(
            async () => (await PaperFlow.PaperAsync(client, id, PaperForm.Refusal)).GetProperty("status").GetString() == "SIGNED", "the paper follows", TimeSpan.FromSeconds(90));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_paper_whose_note_was_lost_is_taken_up_again(bool written)
    {
        var client = dossiers.Citizen();
        var id = await PaperFlow.RefusedAtReceptionAsync(dossiers, client);
        var first = await PaperFlow.SignedAsync(client, id, PaperForm.Refusal);
        var bytes = await PaperFlow.BytesAsync(client, first);
        await dossiers.InClosedAsync(db => db.Documents.Where(d => d.DossierId == id && d.Kind == DocumentKind.Form).ExecuteDeleteAsync(Ct));
        await dossiers.InDbAsync(db => db.FormPapers.Where(p => p.DossierId == id).ExecuteUpdateAsync(
            s => s.SetProperty(p => p.SignedAt, (DateTimeOffset?)null).SetProperty(p => p.WrittenAt, p => written ? p.WrittenAt : null), Ct));
        var watch = dossiers.Factory.Services.GetRequiredService<PaperWatch>();

        // Not while somebody may still be at it.
        await watch.LookAsync(Ct);
        Assert.Equal("PENDING", (await PaperFlow.PaperAsync(client, id, PaperForm.Refusal)).GetProperty("status").GetString());
        await dossiers.InDbAsync(db => db.Database.ExecuteSqlAsync($"UPDATE form_paper SET tried_at = tried_at - interval '16 minutes' WHERE dossier_id = {id}", Ct));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => watch.LookAsync(Ct)));

        var again = await PaperFlow.SignedAsync(client, id, PaperForm.Refusal);
        Assert.Equal(first.GetProperty("documentId").GetGuid(), again.GetProperty("documentId").GetGuid());
        Assert.Equal(bytes, await PaperFlow.BytesAsync(client, again));
        Assert.Equal(1, await PaperFlow.CountAsync(dossiers, id, DocumentKind.UnsignedForm));
    }

    [Fact]
    public async Task Forms_from_before_papers_were_made_get_theirs()
    {
        var (client, officer) = (dossiers.Citizen(), dossiers.Official(Roles.Officer));
        var (over, running) = (await PaperFlow.StoppedAsync(dossiers, client), await dossiers.ProcessingAsync(client));
        foreach (var kind in new[] { PaperForm.Receipt, PaperForm.Stop })
            await PaperFlow.SignedAsync(client, over, kind);
        await PaperFlow.SignedAsync(officer, over, PaperForm.Control);
        await PaperFlow.SignedAsync(client, running, PaperForm.Receipt);
        await dossiers.InClosedAsync(db => db.Documents.Where(d => d.Kind == DocumentKind.Form || d.Kind == DocumentKind.ControlSlip || d.Kind == DocumentKind.UnsignedForm).ExecuteDeleteAsync(Ct));
        await dossiers.InDbAsync(db => db.Documents.ExecuteUpdateAsync(s => s.SetProperty(d => d.ResultId, (Guid?)null), Ct));
        await dossiers.InDbAsync(db => db.FormPapers.ExecuteDeleteAsync(Ct));
        Assert.Equal("PENDING", (await PaperFlow.PaperAsync(client, over, PaperForm.Stop)).GetProperty("status").GetString());

        await dossiers.InDbAsync(db => db.Database.ExecuteSqlRawAsync(PapersSql.FormsWithoutPapers, Ct));
        await dossiers.InDbAsync(db => db.Database.ExecuteSqlAsync($"UPDATE form_paper SET tried_at = tried_at - interval '1 day'", Ct));
        await dossiers.Factory.Services.GetRequiredService<PaperWatch>().LookAsync(Ct);

        foreach (var kind in new[] { PaperForm.Receipt, PaperForm.Stop })
            await PaperFlow.SignedAsync(client, over, kind);
        await PaperFlow.SignedAsync(officer, over, PaperForm.Control);
        await PaperFlow.SignedAsync(client, running, PaperForm.Receipt);
        Assert.Equal("DRAFT", (await PaperFlow.PaperAsync(officer, running, PaperForm.Control)).GetProperty("status").GetString());
        await dossiers.InDbAsync(db => db.Database.ExecuteSqlRawAsync(PapersSql.FormsWithoutPapers, Ct));
        Assert.Equal(3, await dossiers.InDbAsync(db => db.FormPapers.CountAsync(p => p.DossierId == over, Ct)));
    }

    private static Task<FormPaper> RowAsync(ServiceFactory<Program> own, Guid id) =>
        InDbAsync(own, db => db.FormPapers.AsNoTracking().SingleAsync(p => p.DossierId == id, Ct));

    private static async Task<T> InDbAsync<T>(ServiceFactory<Program> own, Func<DossierDbContext, Task<T>> work)
    {
        await using var scope = own.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<DossierDbContext>());
    }
}
