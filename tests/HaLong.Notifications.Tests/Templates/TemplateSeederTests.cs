using HaLong.Notifications.Domain;
using HaLong.Notifications.Templates;
using HaLong.Notifications.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace HaLong.Notifications.Tests.Templates;

/// <summary>The program's texts come into the table once, and never over an administrator's.</summary>
public sealed class TemplateSeederTests(World world) : IClassFixture<World>, IDisposable
{
    private readonly Administrators people = new(world);

    [Fact]
    public async Task Every_kind_has_its_first_version_and_a_restart_adds_nothing()
    {
        await people.SeededAsync();

        var versions = await world.InDatabaseAsync(db => db.Templates.AsNoTracking().Where(t => t.Number == 1).ToListAsync());
        Assert.Equal(NoticeKinds.Variables.Keys.Order(StringComparer.Ordinal), versions.Select(t => t.Kind).Order(StringComparer.Ordinal));
        Assert.All(versions, t => Assert.Equal((TemplateState.Published, true), (t.State, t.Shipped)));
        Assert.All(versions, t => Assert.Equal(TemplateContent.Write(TemplateContent.Read(t.Content)).Hash, t.ContentHash));
        Assert.Equal(0, await Seeder(TemplateCatalog.Load()).SeedAsync(World.Ct));
    }

    [Fact]
    public async Task A_text_that_changed_with_the_program_is_a_new_version_once_also_when_replicas_start_at_once()
    {
        await people.SeededAsync();
        var newer = Program("signing-requested.json", "Có tài liệu chờ bạn ký số", "Mời bạn ký số một tài liệu");

        var added = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Seeder(newer).SeedAsync(World.Ct)));
        Assert.Equal([0, 0, 0, 1], added.Order());

        // The old program starts once more, while both run: its text was put in before.
        Assert.Equal(0, await Seeder(TemplateCatalog.Load()).SeedAsync(World.Ct));
        var versions = await VersionsAsync(NoticeKinds.SigningRequested);
        Assert.Equal([1, 2], versions.Select(v => v.Number));
        Assert.Contains("Mời bạn ký số một tài liệu", versions[1].Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrators_words_stand_until_an_administrator_changes_them()
    {
        Assert.Equal(2, await people.PublishAsync(NoticeKinds.RatingInvited, "Bạn thấy chúng tôi làm thế nào, hồ sơ {{code}}?"));
        var newer = Program("rating-invited.json", "Mời bạn đánh giá việc giải quyết hồ sơ {{code}}", "Xin mời bạn đánh giá hồ sơ {{code}}");

        Assert.Equal(0, await Seeder(newer).SeedAsync(World.Ct));
        Assert.Equal([1, 2], (await VersionsAsync(NoticeKinds.RatingInvited)).Select(v => v.Number));

        // Withdrawn, the program's text is the last word again.
        await Administrators.OkAsync(await people.Reviewer.PostAsync(
            $"{Administrators.Path}/{NoticeKinds.RatingInvited}/versions/2/withdraw", System.Net.Http.Json.JsonContent.Create(new { reason = "x" }), World.Ct));
        Assert.Equal(1, await Seeder(newer).SeedAsync(World.Ct));
        Assert.Equal([1, 2, 3], (await VersionsAsync(NoticeKinds.RatingInvited)).Select(v => v.Number));
    }

    [Fact]
    public async Task A_draft_that_was_begun_before_a_new_program_is_brought_up_to_date_first()
    {
        var kind = NoticeKinds.DossierSupplemented;
        var draft = await people.OpenAsync(kind);
        await people.PutAsync(draft, Administrators.Titled(draft, "Đã nhận phần bổ sung của hồ sơ {{code}}"));
        await Administrators.StepAsync(people.Writer, draft, "submit");
        Assert.Equal(1, await Seeder(Program("dossier-supplemented.json", "Cơ quan tiếp tục giải quyết", "Chúng tôi tiếp tục giải quyết")).SeedAsync(World.Ct));
        var path = $"{Administrators.Path}/drafts/{Administrators.Id(draft)}";

        await (await people.Reviewer.PostAsync(path + "/approve", null, World.Ct)).AssertProblemAsync(System.Net.HttpStatusCode.Conflict, "NOT-0208");

        await Administrators.StepAsync(people.Reviewer, draft, "return", new { reason = "Có bản mới" });
        await Administrators.OkAsync(await people.Writer.PutAsync(path, System.Net.Http.Json.JsonContent.Create(new { content = Administrators.Titled(draft, "Đã nhận bổ sung {{code}}"), basedOn = 2 }), World.Ct));
        await Administrators.StepAsync(people.Writer, draft, "submit");
        Assert.Equal(3, (await Administrators.StepAsync(people.Reviewer, draft, "approve")).GetProperty("version").GetInt32());
    }

    [Theory]
    [InlineData("Templates:RefreshEvery", "00:01:00")]
    [InlineData("Templates:ZaloIds:dossier-danced", "123")]
    [InlineData("Templates:ZaloIds:dossier-accepted", "abc")]
    public async Task A_wrong_setting_stops_the_start_and_is_named(string key, string value)
    {
        await using var factory = world.Factory().WithBroker(world.Service.Broker).WithSetting("ConnectionStrings:notification-db", "Host=127.0.0.1;Port=1").WithSetting(key, value);

        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => factory.StartAsync(waitForBus: false));

        Assert.Contains(key, refusal.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => people.Dispose();

    private Task<List<NoticeTemplate>> VersionsAsync(string kind) =>
        world.InDatabaseAsync(db => db.Templates.AsNoTracking().Where(t => t.Kind == kind && t.Number != null).OrderBy(t => t.Number).ToListAsync());

    private TemplateSeeder Seeder(TemplateCatalog catalog) =>
        new(world.Service.Services.GetRequiredService<IServiceScopeFactory>(), catalog, TimeProvider.System, NullLogger<TemplateSeeder>.Instance);

    /// <summary>The next release of the program, with one text changed.</summary>
    private static TemplateCatalog Program(string file, string old, string now)
    {
        var files = TemplateCatalog.Embedded().ToDictionary();
        Assert.Contains(old, files[file], StringComparison.Ordinal);
        files[file] = files[file].Replace(old, now, StringComparison.Ordinal);
        return new TemplateCatalog(files);
    }
}
