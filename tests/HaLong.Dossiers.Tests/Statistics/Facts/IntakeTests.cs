using System.Net;
using System.Net.Http.Json;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Identity.Contracts;
using HaLong.Payments.Contracts.Events;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Statistics.Facts;

/// <summary>What is noted when a dossier is filed and paid, because later nobody could tell.</summary>
public sealed class IntakeTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Theory]
    [InlineData("online", false, false, "own-form")]
    [InlineData("online", false, true, "app")]
    [InlineData("counter", false, true, "counter")]
    [InlineData("post", false, false, "post")]
    [InlineData("assisted", false, false, "own-form")]
    [InlineData("assisted", true, true, "commune")]
    public void By_channel_hand_and_program(string channel, bool helped, bool app, string source) =>
        Assert.Equal(source, Intake.Of(channel, helped ? Helper("office", null) : null, app));

    [Theory]
    [InlineData("office", "postOffice", "post")]
    [InlineData("office", "communeOneStop", "commune")]
    [InlineData("office", "youthUnion", "commune")]
    [InlineData("home", "youthUnion", "home")]
    [InlineData("home", "postOffice", "home")]
    public async Task A_helpers_filing_comes_from_where_he_works_or_from_the_home_he_came_to(string place, string organisation, string source)
    {
        Assert.Equal(source, Intake.Of("assisted", Helper(place, organisation), byApp: true));
        var (helper, _, _) = dossiers.Assisted(Guid.CreateVersion7(), new TestRight(Acts.DossierFill, Acts.DossierScan, Acts.DossierSubmit)
        {
            Place = place,
            Organisation = organisation
        });
        var dossier = await LoadAsync(await SubmittedAsync(helper));
        Assert.Equal((source, Unit), (dossier.IntakeSource, dossier.AssistanceUnit));
    }

    [Fact]
    public async Task The_owners_and_a_delegates_filing_come_from_the_own_form()
    {
        var (client, _) = dossiers.Delegate(Guid.CreateVersion7(), new TestRight(Acts.DossierFill, Acts.DossierScan, Acts.DossierSubmit));
        foreach (var filer in new[] { dossiers.Citizen(), client })
            Assert.Equal(IntakeSource.OwnForm, (await LoadAsync(await SubmittedAsync(filer))).IntakeSource);
        Assert.Null((await LoadAsync(await DraftAsync(client))).IntakeSource);
    }

    [Fact]
    public async Task What_the_mobile_app_files_comes_from_the_app()
    {
        // Tests sign in as the client "web".
        await using var city = await dossiers.NewFactory().WithSetting("Statistics:AppClients:0", "web").StartAsync();
        var id = await SubmittedAsync(city.Client(dossiers.Identity.Token(Guid.CreateVersion7(), assurance: 2)));
        var filed = await city.InScopeAsync<HaLong.Dossiers.Persistence.DossierDbContext,
            Dossier>(db => db.Dossiers.AsNoTracking().SingleAsync(d => d.Id == id, Ct));
        Assert.Equal((IntakeSource.App, 2), (filed.IntakeSource, filed.FiledAssurance));
    }

    [Fact]
    public async Task Papers_come_from_the_counter_or_by_post_and_say_nothing_of_how_surely_the_owner_is_known()
    {
        foreach (var channel in new[] { "counter", "post" })
        {
            var owner = Guid.CreateVersion7();
            dossiers.Neighbours.People[owner.ToString()] = "Nguyễn Thị Mai";
            var reception = dossiers.Factory.Client(dossiers.Identity.Token(Guid.CreateVersion7(), [Roles.Reception], Unit, assurance: 2));
            using var opened = await reception.PostAsJsonAsync("/api/v1/dossiers/counter", new
            {
                ownerId = owner,
                procedureCode = Land,
                channel,
                relation = "owner",
                subject = "Cấp giấy",
                papers = new[] { new { component = 1,
                    originals = 1, certifiedCopies = 0, copies = 0 } },
            }, Ct);
            var id = (await BodyAsync(opened, HttpStatusCode.Created)).GetProperty("id").GetGuid();
            await BodyAsync(await PostAsync(reception, id, "submission"));
            var dossier = await LoadAsync(id);
            Assert.Equal((channel, 1), (dossier.IntakeSource, dossier.FiledAssurance));
        }
    }

    [Fact]
    public async Task How_surely_the_owner_was_known_is_noted()
    {
        var id = await SubmittedAsync(dossiers.Factory.Client(dossiers.Identity.Token(Guid.CreateVersion7(), assurance: 2)));
        Assert.Equal(2, (await LoadAsync(id)).FiledAssurance);
        Assert.Equal(1, (await LoadAsync(await SubmittedAsync(dossiers.Citizen()))).FiledAssurance);
    }

    [Theory]
    [InlineData("cash", "cash")]
    [InlineData("portal", "portal")]
    [InlineData("lab", "online")]
    public async Task How_the_fees_were_paid_is_told_by_payment_and_noted_once(string provider, string expected)
    {
        var client = dossiers.Citizen();
        var id = await SubmittedAsync(client);
        var settled = new PaymentSettled(Guid.CreateVersion7(), id, "c", Guid.Empty, 150_000, TimeProvider.System.GetUtcNow(), provider);
        await dossiers.Factory.PublishAsync(settled);
        await dossiers.Factory.PublishAsync(settled);
        await Eventually.Async(async () => (await LoadAsync(id)).PaymentStatus == "settled", "the payment is recorded");
        var dossier = await LoadAsync(id);
        Assert.Equal((expected, 150_000), (dossier.PaidBy, dossier.PaidAmount));
    }

    private static Hand Helper(string place, string? organisation) =>
        new(Guid.CreateVersion7(), null, Guid.CreateVersion7(), Unit, place, null) { Organisation = organisation };

    private Task<Dossier> LoadAsync(Guid id) => dossiers.InDbAsync(db => db.Dossiers.AsNoTracking().SingleAsync(d => d.Id == id, Ct));
}
