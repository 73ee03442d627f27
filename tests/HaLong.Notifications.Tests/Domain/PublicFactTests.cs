using System.Reflection;
using System.Text.Json;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Features.Events;
using HaLong.Notifications.Tests.Support;
using MassTransit;

namespace HaLong.Notifications.Tests.Domain;

public sealed class PublicFactTests
{
    private static readonly Guid Owner = Guid.CreateVersion7();
    private static readonly Facts Facts = new(Owner);

    public static TheoryData<string, long> Types => new()
    {
        { EventTypes.Submitted, 1 }, { EventTypes.FeePaid, 2 }, { EventTypes.Accepted, 3 }, { EventTypes.ProcessingStarted, 4 },
        { EventTypes.DeadlineChanged, 8 },
        { EventTypes.Approved, 5 }, { EventTypes.ResultReady, 6 }, { EventTypes.Returned, 7 },
        { EventTypes.SupplementRequested, 1 }, { EventTypes.Supplemented, 2 }, { EventTypes.NotAccepted, 3 }, { EventTypes.Refused, 4 }, { EventTypes.Stopped, 5 },
        { EventTypes.Withdrawn, 6 }, { EventTypes.FeeDue, 7 }, { EventTypes.DeadlineExtended, 8 }, { EventTypes.ResultCorrected, 9 }, { EventTypes.Overdue, 10 },
    };

    [Theory, MemberData(nameof(Types))]
    public void Each_public_type_is_a_complete_cloud_event(string type, long sequence)
    {
        var id = Guid.CreateVersion7();

        var json = Envelope(type, id, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        Assert.Equal("1.0", json.GetProperty("specversion").GetString());
        Assert.Equal(id, json.GetProperty("id").GetGuid());
        Assert.Equal(type, json.GetProperty("type").GetString());
        Assert.Equal("urn:halong:dossier", json.GetProperty("source").GetString());
        Assert.Equal(Facts.Dossier, json.GetProperty("subject").GetGuid());
        Assert.Equal(Facts.At, json.GetProperty("time").GetDateTimeOffset());
        Assert.Equal("application/json", json.GetProperty("datacontenttype").GetString());
        Assert.Equal(sequence, json.GetProperty("sequence").GetInt64());
        Assert.Equal("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", json.GetProperty("traceparent").GetString());
        var data = json.GetProperty("data");
        Assert.Equal(Facts.Code, data.GetProperty("code").GetString());
        Assert.Equal(Facts.Procedure, data.GetProperty("procedureCode").GetString());
        Assert.Equal(Facts.Unit, data.GetProperty("unitCode").GetString());
    }

    [Theory, MemberData(nameof(Types))]
    public void No_public_event_names_a_person(string type, long sequence)
    {
        Assert.True(sequence > 0);
        var text = Envelope(type, Guid.CreateVersion7(), null).GetRawText();

        Assert.DoesNotContain(Owner.ToString(), text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Facts.Person.ToString(), text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("traceparent", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_special_to_a_type_is_in_its_data()
    {
        Assert.Equal("online", Data(EventTypes.Submitted).GetProperty("channel").GetString());
        Assert.Equal(150000, Data(EventTypes.FeePaid).GetProperty("amount").GetInt64());
        Assert.Equal(Facts.Payment, Data(EventTypes.FeePaid).GetProperty("paymentId").GetGuid());
        Assert.Equal(Facts.At.AddDays(10), Data(EventTypes.Accepted).GetProperty("dueAt").GetDateTimeOffset());
        Assert.Equal(Facts.At.AddDays(10), Data(EventTypes.DeadlineChanged).GetProperty("previousDueAt").GetDateTimeOffset());
        Assert.Equal((Facts.At.AddDays(11), "calendar"), (Data(EventTypes.DeadlineChanged).GetProperty("dueAt").GetDateTimeOffset(), Data(EventTypes.DeadlineChanged).GetProperty("cause").GetString()));
        Assert.Equal(Facts.Result, Data(EventTypes.Approved).GetProperty("resultDocumentId").GetGuid());
        Assert.Equal(new string('a', 64), Data(EventTypes.ResultReady).GetProperty("resultSha256").GetString());
        Assert.Equal(Facts.Result, Data(EventTypes.Returned).GetProperty("resultDocumentId").GetGuid());
        Assert.Equal(("PROCESSING", 2), (Data(EventTypes.SupplementRequested).GetProperty("stage").GetString(), Data(EventTypes.SupplementRequested).GetProperty("items").GetInt32()));
        Assert.Equal((Facts.At.AddDays(-1), Facts.At.AddDays(6)), (Data(EventTypes.Overdue).GetProperty("previousDueAt").GetDateTimeOffset(), Data(EventTypes.Overdue).GetProperty("dueAt").GetDateTimeOffset()));
        Assert.Equal("OVERDUE", Data(EventTypes.Overdue).GetProperty("reason").GetString());
        Assert.Equal(900000, Data(EventTypes.FeeDue).GetProperty("amount").GetInt64());
        Assert.Equal(Facts.At.AddDays(9), Data(EventTypes.DeadlineExtended).GetProperty("dueAt").GetDateTimeOffset());
        Assert.Equal(new string('b', 64), Data(EventTypes.ResultCorrected).GetProperty("resultSha256").GetString());
    }

    [Fact]
    public void Every_event_with_a_sequence_is_logged_or_partners_would_wait_for_it_forever()
    {
        var numbered = typeof(DossierSubmitted).Assembly.GetTypes()
            .Where(t => t.GetCustomAttribute<EntityNameAttribute>() is not null && t.GetProperty("Sequence") is not null);
        var logged = typeof(LogPublicEvent).GetInterfaces().Where(i => i.IsGenericType).Select(i => i.GetGenericArguments()[0]).ToHashSet();

        Assert.All(numbered, type => Assert.Contains(type, logged));
        Assert.Equal(EventTypes.All.Count, logged.Count);
    }

    [Fact]
    public void A_warning_about_a_wait_stays_inside()
    {
        Assert.Null(typeof(DossierWaitWarned).GetProperty("Sequence"));
        Assert.DoesNotContain(typeof(LogPublicEvent).GetInterfaces(), i => i.IsGenericType && i.GetGenericArguments()[0] == typeof(DossierWaitWarned));
    }

    [Theory]
    [InlineData(true, "vn.halong.dossier.")]
    [InlineData(true, "vn.halong.")]
    [InlineData(true, "vn.halong.dossier.accepted.v1", "vn.halong.dossier.returned.v1")]
    [InlineData(false)]
    [InlineData(false, "")]
    [InlineData(false, "vn.halong.payment.")]
    [InlineData(false, "vn.halong.dossier.%")]
    [InlineData(false, "VN.HALONG.dossier.")]
    [InlineData(false, "com.example.")]
    [InlineData(false, "vn.halong.dossier.", "com.example.")]
    public void A_type_filter_is_a_list_of_prefixes_that_fit_something(bool usable, params string[] prefixes) =>
        Assert.Equal(usable, EventTypes.IsUsableFilter(prefixes));

    private static JsonElement Data(string type) => Envelope(type, Guid.CreateVersion7(), null).GetProperty("data");

    private static JsonElement Envelope(string type, Guid id, string? traceParent) => JsonElement.Parse(CloudEvent.Of(Fact(type), id, traceParent).ToJson());

    private static PublicFact Fact(string type) => type switch
    {
        EventTypes.Submitted => PublicFact.Of(Facts.Submitted()),
        EventTypes.FeePaid => PublicFact.Of(Facts.FeePaid()),
        EventTypes.Accepted => PublicFact.Of(Facts.Accepted()),
        EventTypes.DeadlineChanged => PublicFact.Of(Facts.DeadlineChanged()),
        EventTypes.ProcessingStarted => PublicFact.Of(Facts.ProcessingStarted()),
        EventTypes.Approved => PublicFact.Of(Facts.Approved()),
        EventTypes.ResultReady => PublicFact.Of(Facts.ResultReady()),
        EventTypes.SupplementRequested => PublicFact.Of(Facts.SupplementRequested()),
        EventTypes.Supplemented => PublicFact.Of(Facts.Supplemented()),
        EventTypes.NotAccepted => PublicFact.Of(Facts.NotAccepted()),
        EventTypes.Refused => PublicFact.Of(Facts.Refused()),
        EventTypes.Stopped => PublicFact.Of(Facts.Stopped()),
        EventTypes.Withdrawn => PublicFact.Of(Facts.Withdrawn()),
        EventTypes.FeeDue => PublicFact.Of(Facts.FeeDue()),
        EventTypes.DeadlineExtended => PublicFact.Of(Facts.DeadlineExtended()),
        EventTypes.Overdue => PublicFact.Of(Facts.Overdue()),
        EventTypes.ResultCorrected => PublicFact.Of(Facts.ResultCorrected()),
        _ => PublicFact.Of(Facts.Returned()),
    };
}
