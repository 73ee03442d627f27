using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using HaLong.Notifications.Catalogue;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Features.Events;

namespace HaLong.Notifications.Tests.Events;

public sealed partial class CatalogueTests
{
    private static readonly Type[] Plain = [typeof(Guid), typeof(string), typeof(long), typeof(int), typeof(DateTimeOffset), typeof(DateTimeOffset?)];

    public static TheoryData<string> Types => [.. EventTypes.All];

    private static IEnumerable<Type> DataRecords =>
        typeof(PublicEventData).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(PublicEventData)) && !t.IsAbstract);

    [Fact]
    public void The_catalogue_holds_every_public_type_once_and_no_other() =>
        Assert.Equal(EventTypes.All.Order(StringComparer.Ordinal), EventCatalogue.All.Select(t => t.Type).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_record_of_public_data_belongs_to_a_type() =>
        Assert.Equal(DataRecords.OrderBy(t => t.Name), EventCatalogue.All.Select(t => t.Data).Distinct().OrderBy(t => t.Name));

    [Fact]
    public void Each_mapper_of_a_type_gives_the_record_that_the_catalogue_names()
    {
        var facts = new Support.Facts(Guid.CreateVersion7());
        PublicFact[] mapped =
        [
            PublicFact.Of(facts.Submitted()), PublicFact.Of(facts.FeePaid()), PublicFact.Of(facts.Accepted()), PublicFact.Of(facts.DeadlineChanged()),
            PublicFact.Of(facts.ProcessingStarted()), PublicFact.Of(facts.Approved()), PublicFact.Of(facts.ResultReady()), PublicFact.Of(facts.Returned()),
            PublicFact.Of(facts.SupplementRequested()), PublicFact.Of(facts.Supplemented()), PublicFact.Of(facts.NotAccepted()), PublicFact.Of(facts.Refused()),
            PublicFact.Of(facts.Stopped()), PublicFact.Of(facts.Withdrawn()), PublicFact.Of(facts.FeeDue()), PublicFact.Of(facts.DeadlineExtended()),
            PublicFact.Of(facts.Overdue()), PublicFact.Of(facts.ResultCorrected()),
        ];

        Assert.Equal(EventTypes.All.Count, mapped.Length);
        Assert.All(mapped, fact => Assert.Equal(EventCatalogue.Find(fact.Type)!.Data, fact.Data.GetType()));
    }

    [Theory, MemberData(nameof(Types))]
    public void A_type_has_a_name_a_version_and_a_meaning_in_both_languages(string type)
    {
        var entry = EventCatalogue.Find(type)!;

        Assert.Matches(@"^vn\.halong\.dossier\.[a-z]+(-[a-z]+)*\.v[1-9][0-9]*$", type);
        Assert.Equal(1, entry.Version);
        Assert.Matches(@"^[0-9]+\.[0-9]+\.[0-9]+$", entry.Since);
        Assert.EndsWith(".", entry.En, StringComparison.Ordinal);
        Assert.EndsWith(".", entry.Vi, StringComparison.Ordinal);
        Assert.NotEqual(entry.En, entry.Vi);
        Assert.Matches("^[a-z][A-Za-z]+$", entry.Key);
    }

    [Fact]
    public void A_second_version_of_a_type_is_a_message_of_its_own()
    {
        var first = EventCatalogue.Find(EventTypes.FeePaid)!;
        var second = first with { Example = first.Example with { Type = "vn.halong.dossier.fee-paid.v2" } };

        Assert.Equal(("feePaid", 1), (first.Key, first.Version));
        Assert.Equal(("feePaidV2", 2), (second.Key, second.Version));
    }

    [Fact]
    public void What_is_not_in_the_catalogue_is_not_found() => Assert.Null(EventCatalogue.Find("vn.halong.payment.settled.v1"));

    [Fact]
    public void Every_field_of_public_data_is_explained_and_every_explanation_is_of_a_field()
    {
        var fields = DataRecords.SelectMany(t => t.GetProperties()).Where(p => p.Name != "EqualityContract").Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name)).Distinct();

        Assert.Equal(fields.Order(StringComparer.Ordinal), EventField.All.Keys.Order(StringComparer.Ordinal));
        Assert.All(EventField.All.Values, f => Assert.True(f.En.Length > 5 && f.Vi.Length > 5 && f.En != f.Vi));
    }

    [Fact]
    public void No_field_of_public_data_is_of_a_personal_kind() => Assert.All(DataRecords.SelectMany(Properties), p =>
    {
        Assert.DoesNotMatch(Personal(), p.Name);
        // No bags, lists or records: what is in them could not be judged here.
        Assert.Contains(p.PropertyType, Plain);
    });

    [Fact]
    public void The_rule_against_personal_fields_finds_what_it_is_for()
    {
        Assert.All(["OwnerId", "ActorId", "PersonId", "FullName", "ApplicantPhone", "Email", "Address", "AssistedBy", "CitizenNumber", "AccountId", "BirthDate", "Note", "Officer"],
            name => Assert.Matches(Personal(), name));
        Assert.All(["DossierId", "UnitCode", "ResultDocumentId", "PaymentId"], name => Assert.DoesNotMatch(Personal(), name));
    }

    [Theory, MemberData(nameof(Types))]
    public void An_example_is_an_event_as_it_is_sent(string type)
    {
        var json = JsonElement.Parse(EventCatalogue.Envelope(EventCatalogue.Find(type)!, "https://halong.example/").ToJson());

        Assert.Equal(type, json.GetProperty("type").GetString());
        Assert.Equal($"https://halong.example/schemas/events/{type}.json", json.GetProperty("dataschema").GetString());
        Assert.Equal(json.GetProperty("subject").GetGuid(), json.GetProperty("data").GetProperty("dossierId").GetGuid());
    }

    private static IEnumerable<PropertyInfo> Properties(Type record) => record.GetProperties().Where(p => p.Name != "EqualityContract");

    // Kinds of persons, what identifies them, and free text that people write about them.
    [GeneratedRegex("Owner|Actor|Person|Applicant|Citizen|Account|Officer|Official|Staff|Helper|Assisted|Subject|User|Name|Phone|Email|Mail|Address|Birth|Gender|Identity|Note|Comment|Text|Contact|Content")]
    private static partial Regex Personal();
}
