using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Filing.Checks;
using HaLong.Dossiers.Filing.Counter;
using HaLong.Dossiers.Filing.Duplicates;
using HaLong.Dossiers.Filing.Placing;

namespace HaLong.Dossiers.Tests.Filing;

/// <summary>Single checks and rules, without a database.</summary>
public sealed class CheckTests
{
    private static readonly DateOnly Day = new(2026, 11, 23);
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);

    private static readonly ProcedureContent Content = DataFiles.ReadNodes("procedures.json").Select(n => CatalogueLoader.Parse(n!.ToJsonString())).Single(c => c.Code == "1.001193");

    [Theory]
    [InlineData(null, "online", null)]
    [InlineData("2026-11-23", "online", null)]
    [InlineData("2026-11-22", "online", "DOS-0502")]
    [InlineData("2026-11-22", "counter", "DOS-0502")]
    public async Task A_procedure_counts_to_its_last_day(string? validTo, string channel, string? code)
    {
        var procedure = Procedure();
        if (validTo is not null)
            procedure.EndBefore(DateOnly.Parse(validTo, System.Globalization.CultureInfo.InvariantCulture).AddDays(1));
        Assert.Equal(code, await CodeAsync(new ProcedureCheck(), Case(procedure, channel: channel)));
    }

    [Theory]
    [InlineData("online", false, "DOS-0005")]
    [InlineData("assisted", false, "DOS-0005")]
    [InlineData("counter", true, null)]
    [InlineData("post", true, null)]
    public async Task What_is_not_filed_online_is_filed_at_the_counter(string channel, bool counter, string? code) =>
        Assert.Equal(code, await CodeAsync(new ProcedureCheck(), Case(content: Content with { Channels = ["direct"] }, channel: channel, counter: counter ? [] : null)));

    [Fact]
    public async Task Papers_at_the_counter_stand_for_files()
    {
        var required = Content.Components.Select((c, i) => (c, i)).Where(c => c.c.Required).Select(c => c.i + 1).ToList();
        Assert.Equal("DOS-0007", await CodeAsync(new ComponentCheck(), Case()));
        Assert.Equal("DOS-0007", await CodeAsync(new ComponentCheck(), Case(counter: [Paper(required[0])])));
        Assert.Null(await CodeAsync(new ComponentCheck(), Case(counter: [.. required.Select(Paper)])));
        Assert.Null(await CodeAsync(new ComponentCheck(), Case(files: [File(required[0])], counter: [.. required.Skip(1).Select(Paper)])));
    }

    [Fact]
    public async Task The_own_form_stands_for_its_component_once_somebody_wrote_into_it()
    {
        var components = Content.Components.Select(c => c with { Required = false, OwnForm = null }).ToList();
        components[0] = components[0] with { Required = true, OwnForm = "birth-declaration" };
        var content = Content with { Components = components };
        Assert.Equal("DOS-0007", await CodeAsync(new ComponentCheck(), Case(content: content)));
        Assert.Equal("DOS-0007", await CodeAsync(new ComponentCheck(), Case(content: content) with { FilledForm = "generic" }));
        Assert.Null(await CodeAsync(new ComponentCheck(), Case(content: content) with { FilledForm = "birth-declaration" }));
        // A component without a form is no form's, also when none was filled in.
        Assert.Equal("DOS-0007", await CodeAsync(new ComponentCheck(), Case(content: content with { Components = [components[0] with { OwnForm = null }] })));
    }

    [Theory]
    [InlineData(0, 1, false)]
    [InlineData(-1, 1, false)]
    [InlineData(1000, 1, false)]
    [InlineData(1, 1, false)]
    [InlineData(2, 1, true)]
    [InlineData(2, null, true)]
    [InlineData(2, 20, true)]
    [InlineData(2, 21, false)]
    [InlineData(2, -1, false)]
    public async Task Only_optional_fees_of_the_procedure_are_chosen_in_sensible_numbers(int fee, int? quantity, bool good)
    {
        var fees = new[] { Fee(optional: false), Fee(optional: true) };
        var filing = Case(content: Content with { Fees = fees }, choices: [new FeeChoice(fee, quantity)]);
        Assert.Equal(good ? null : "DOS-0508", await CodeAsync(new FeeCheck(), filing));
        Assert.Equal(good ? [8_000L * (quantity ?? 1)] : [], filing.ChosenFees.Select(f => (long)f.FullAmount()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    public async Task A_fee_without_a_known_amount_cannot_be_chosen(int? amount) => Assert.Equal("DOS-0508", await CodeAsync(
        new FeeCheck(), Case(content: Content with { Fees = [Fee(optional: true) with { AmountVnd = amount }] }, choices: [new FeeChoice(1, 1)])));

    [Theory]
    [InlineData("owner", null, null)]
    [InlineData("authorised", "Trần Văn Con", "Giấy ủy quyền")]
    [InlineData("post", "Bưu điện", "RR123456789VN")]
    public void A_good_entry_at_the_counter_is_good(string relation, string? name, string? evidence) =>
        Assert.Null(CounterRules.Check(Entry() with { Relation = relation, SubmitterName = name, Evidence = evidence }, Content));

    [Fact]
    public void Every_field_of_an_entry_at_the_counter_is_checked()
    {
        Assert.Equal("ownerId", Only(Entry() with { OwnerId = null }));
        Assert.Equal("ownerId", Only(Entry() with { OwnerId = Guid.Empty }));
        Assert.Equal("ownerCheck", Only(Entry() with { OwnerCheck = "123" }));
        Assert.Equal("ownerCheck", Only(Entry() with { OwnerCheck = "١٢٣٤" }));
        Assert.Equal("subject", Only(Entry() with { Subject = " " }));
        Assert.Equal("channel", Only(Entry() with { Channel = null }));
        Assert.Equal("channel", Only(Entry() with { Channel = "assisted" }));
        Assert.Equal("relation", Only(Entry() with { Relation = null }));
        Assert.Equal("submitterName", Only(Entry() with { Relation = "family", Evidence = "x", SubmitterName = new string('x', 201) }));
        Assert.Equal("evidence", Only(Entry() with { Relation = "family", Evidence = "\0", SubmitterName = "x" }));
        Assert.Equal("papers", Only(Entry() with { Papers = [.. Enumerable.Repeat(Paper(1), 101)] }));
        Assert.Equal("papers[0]", Only(Entry() with { Papers = [Paper(99)] }));
        Assert.Equal("papers[1]", Only(Entry() with { Papers = [Paper(1), Paper(1) with { Originals = 0 }] }));
        Assert.Equal("papers[0]", Only(Entry() with { Papers = [Paper(1) with { Copies = -1 }] }));
        Assert.Equal("papers[0]", Only(Entry() with { Papers = [Paper(1) with { Note = "" }] }));
    }

    [Fact]
    public void A_way_that_the_catalogue_does_not_know_is_refused_and_an_empty_list_allows_every_way()
    {
        Assert.Equal("DOS-0512", CounterRules.Check(Entry(), Content with { Channels = ["online"] })!.Code);
        Assert.Equal("DOS-0512", CounterRules.Check(Entry() with { Channel = "post" }, Content with { Channels = ["direct"] })!.Code);
        Assert.Null(CounterRules.Check(Entry(), Content with { Channels = [] }));
    }

    [Fact]
    public void The_level_of_a_procedure_changes_with_the_reform()
    {
        var content = Content with { Level = new Dated("district", "province") };
        Assert.Equal(("district", "province"), (CompetentLevel.On(content, new DateOnly(2025, 6, 30)), CompetentLevel.On(content, new DateOnly(2025, 7, 1))));
    }

    [Fact]
    public void Key_fields_are_named_for_procedures_of_the_catalogue_only()
    {
        var known = DataFiles.ReadNodes("procedures.json").Select(n => n!["code"]!.GetValue<string>()).ToHashSet();
        Assert.All(DataFiles.ReadArray("matter-fields.json", "items"), i => Assert.Contains(i.GetProperty("procedure").GetString()!, known));
        // What is not a key field does not make another matter of it.
        Assert.Equal(Key("""{"child":{"name":"An"},"note":"a"}"""), Key("""{"child":{"name":"AN "},"note":"b"}"""));
        Assert.NotEqual(Key("""{"child":{"name":"An"}}"""), Key("""{"child":{"name":"Bình"}}"""));

        static string Key(string data) => DuplicateFinder.KeyOf(Case(data: data).Dossier);
    }

    private static string Only(CounterRequest request) => Assert.Single(CounterRules.Check(request, Content)!.FieldMessages).Field;

    private static CounterRequest Entry() => new(
        Guid.CreateVersion7(), "0123", Content.Code, null, null, null, "counter", null, "owner", null, [Paper(1)], "Khai sinh", null);

    private static PaperOriginal Paper(int component) => new(component, 1, 0, 0, null);

    private static DossierDocument File(int component) => new()
    {
        Id = Guid.CreateVersion7(),
        Kind = DocumentKind.Component,
        Component = component,
        FileName = "a.pdf",
        MediaType = "application/pdf",
        Sha256 = new string('0', 64),
    };

    private static ProcedureFee Fee(bool optional) => new("phi", "Phí bản sao", 8_000, "", "any", [], optional, false, null, null);

    private static async Task<string?> CodeAsync(ISubmissionCheck check, FilingCase filing)
    {
        var defects = new Defects();
        await check.CheckAsync(filing, defects, DossierFixture.Ct);
        return defects.ToError()?.Code;
    }

    private static FilingCase Case(
        Procedure? procedure = null, ProcedureContent? content = null, string channel = "online", IReadOnlyList<PaperOriginal>? counter = null,
        IReadOnlyList<DossierDocument>? files = null, IReadOnlyList<FeeChoice?>? choices = null, string data = "{}")
    {
        procedure ??= Procedure();
        var dossier = Dossier.Open(
            Guid.CreateVersion7(), procedure, new DossierUnit("06688", "x", "x"), new Applicant(Guid.CreateVersion7(), "Dân", null, Guid.Empty, channel), "Khai sinh", data, [], Now);
        if (counter is not null)
            dossier.EnteredAtCounter(new CounterFiling(Guid.CreateVersion7(), "06688", "Con", SubmitterRelation.Family, "x", counter));
        return new FilingCase(dossier, procedure, content ?? Content, files ?? [], new SubmissionRequest(null, null, choices), Now, Day);
    }

    private static Procedure Procedure() => new()
    {
        Id = Guid.CreateVersion7(),
        Code = Content.Code,
        NameVi = "Khai sinh",
        NameEn = "Birth",
        Field = "CIVIL",
        Level = "commune",
        Content = "{}",
        ContentHash = new string('0', 64),
        ValidFrom = new DateOnly(2026, 1, 1),
    };
}
