using System.Net;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Identity.Contracts;
using HaLong.Identity.Contracts.Events;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Papers;

/// <summary>Who acts for somebody, in which role, how often, and in which language he is refused.</summary>
public sealed class PaperRightsTests(DossierFixture dossiers) : IClassFixture<DossierFixture>, IDisposable
{
    public void Dispose() => dossiers.Neighbours.IdentityDown = false;

    [Theory]
    [InlineData(Roles.Reception)]
    [InlineData(Roles.Officer)]
    [InlineData(Roles.Approver)]
    [InlineData(Roles.Leader)]
    [InlineData(Roles.Chief)]
    public async Task Officials_of_the_unit_open_every_form(string role)
    {
        var client = dossiers.Citizen();
        var id = await PaperFlow.StoppedAsync(dossiers, client);
        var official = dossiers.Official(role);
        foreach (var kind in new[] { PaperForm.Receipt, PaperForm.Stop, PaperForm.Control })
            Assert.NotEmpty(await PaperFlow.BytesAsync(official, await PaperFlow.SignedAsync(official, id, kind)));
        await RefusedAsync(await official.GetAsync($"/api/v1/dossiers/{id}/forms/0", Ct), 404, "DOS-0601");
        await RefusedAsync(await official.GetAsync($"/api/v1/dossiers/{id}/forms/77", Ct), 404, "DOS-0601");
    }

    [Fact]
    public async Task A_delegate_who_may_read_the_dossier_reads_its_forms_but_not_the_slip_and_is_reported()
    {
        await using var reads = await Listener.StartAsync<PersonalDataRead>(new Uri(dossiers.Factory.Broker));
        var owner = Guid.CreateVersion7();
        var id = await PaperFlow.StoppedAsync(dossiers, dossiers.Citizen(owner));
        var paper = await PaperFlow.SignedAsync(dossiers.Citizen(owner), id, PaperForm.Stop);
        var slip = await PaperFlow.SignedAsync(dossiers.Official(Roles.Officer), id, PaperForm.Control);
        var (reader, actor) = dossiers.Delegate(owner, new TestRight(Acts.DossierRead));
        Assert.NotEmpty(await PaperFlow.BytesAsync(reader, paper));
        await RefusedAsync(await PaperFlow.OpenAsync(reader, slip), 404, "DOS-0601");
        await Eventually.Async(
            () => Task.FromResult(reads.Heard.Any(r => r.ActorId == actor && r is { What: "form", ActorRole: "delegate", Purpose: "delegation" })), "the delegate's reading is reported");
    }

    [Fact]
    public async Task A_delegate_without_that_right_reads_none_and_while_it_cannot_be_checked_is_told_to_come_back()
    {
        var owner = Guid.CreateVersion7();
        var id = await PaperFlow.RefusedAtReceptionAsync(dossiers, dossiers.Citizen(owner));
        var paper = await PaperFlow.SignedAsync(dossiers.Citizen(owner), id, PaperForm.Refusal);
        var (payer, _) = dossiers.Delegate(owner, new TestRight(Acts.PaymentPay));
        await RefusedAsync(await PaperFlow.OpenAsync(payer, paper), 403, "DOS-0027");
        var (reader, _) = dossiers.Delegate(owner, new TestRight(Acts.DossierRead));
        dossiers.Neighbours.IdentityDown = true;
        await RefusedAsync(await PaperFlow.OpenAsync(reader, paper), 503, "DOS-0029");
        // The owner needs nobody's word.
        Assert.NotEmpty(await PaperFlow.BytesAsync(dossiers.Citizen(owner), paper));
    }

    [Fact]
    public async Task Refusals_speak_the_language_asked_for()
    {
        var client = dossiers.Citizen();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        var id = await SubmittedAsync(client, Free);
        var none = await RefusedAsync(await client.GetAsync($"/api/v1/dossiers/{id}/forms/1", Ct), 404, "DOS-0601");
        Assert.Contains("The dossier has no such form.", none.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(0, (await GetAsync(client, $"/api/v1/dossiers/{id}/forms")).GetArrayLength());
    }

    [Fact]
    public async Task An_acceptance_sent_again_or_many_at_once_make_one_receipt_and_one_paper()
    {
        var client = dossiers.Citizen();
        var (twice, race) = (await SubmittedAsync(client, Free), await SubmittedAsync(client, Free));
        var reception = dossiers.Official(Roles.Reception);
        await BodyAsync(await PostAsync(reception, twice, "acceptance", key: "tiep-nhan"));
        using var again = await PostAsync(reception, twice, "acceptance", key: "tiep-nhan");
        Assert.True(again.Headers.Contains("Idempotency-Replayed"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => PostAsync(dossiers.Official(Roles.Reception), race, "acceptance")));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        foreach (var id in new[] { twice, race })
        {
            await PaperFlow.SignedAsync(client, id, PaperForm.Receipt);
            Assert.Equal((1, 1), (await PaperFlow.CountAsync(dossiers, id, DocumentKind.Receipt), await PaperFlow.CountAsync(dossiers, id, DocumentKind.Form)));
            Assert.Equal(1, await dossiers.InDbAsync(db => db.FormPapers.CountAsync(p => p.DossierId == id, Ct)));
        }
    }

    [Fact]
    public async Task A_form_that_lost_its_race_leaves_no_paper()
    {
        var client = dossiers.Citizen();
        var id = await SubmittedAsync(client, Free);
        var version = (await ViewAsync(client, id)).GetProperty("version").GetUInt32();
        using var stale = await PostAsync(dossiers.Official(Roles.Reception), id, "refusal", PaperFlow.Grounds, ifMatch: $"\"{version - 1}\"");
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        using var refused = await PostAsync(dossiers.Official(Roles.Reception), id, "refusal", new { reason = "Thiếu căn cứ" });
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(0, await dossiers.InDbAsync(db => db.FormPapers.CountAsync(p => p.DossierId == id, Ct)));
        Assert.Equal(0, await dossiers.InDbAsync(db => db.IssuedForms.CountAsync(p => p.DossierId == id, Ct)));
    }

    [Fact]
    public async Task Papers_do_not_use_up_the_room_of_the_applicants_own_documents()
    {
        await using var own = await dossiers.NewFactory().WithSetting("Files:MaxDossierFiles", "3").StartAsync();
        var client = own.Client(dossiers.Identity.Token());
        var reception = own.Client(dossiers.Identity.Token(roles: [Roles.Reception], unit: Unit));
        var id = await SubmittedAsync(client, Free);
        await BodyAsync(await PostAsync(reception, id, "supplement-requests", new { items = new[] { new { component = 1, reason = "Mờ" } } }));
        await PaperFlow.SignedAsync(client, id, PaperForm.Supplement);
        Assert.Equal(HttpStatusCode.Created, (await UploadAsync(client, id, 1, Samples.Pdf("quét lại"))).StatusCode);
        await RefusedAsync(await UploadAsync(client, id, 1, Samples.Pdf("thêm nữa")), 413, "DOS-0023");
    }
}
