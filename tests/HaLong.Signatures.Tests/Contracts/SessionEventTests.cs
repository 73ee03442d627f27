using System.Reflection;
using System.Text.Json;
using HaLong.Signatures.Contracts.Events;
using HaLong.Signatures.V1;
using MassTransit;

namespace HaLong.Signatures.Tests.Contracts;

/// <summary>What others hear and call about sessions: changing a line here is changing a contract.</summary>
public sealed class SessionEventTests
{
    private static readonly Guid Session = Guid.Parse("01980000-0000-7000-8000-00000000000a");
    private static readonly Guid Person = Guid.Parse("01980000-0000-7000-8000-00000000000b");
    private static readonly Guid Document = Guid.Parse("01980000-0000-7000-8000-00000000000c");
    private static readonly DateTimeOffset At = new(2026, 12, 1, 3, 15, 0, TimeSpan.Zero);

    private const string SessionField = """
        "sessionId":"01980000-0000-7000-8000-00000000000a"
        """;

    private const string PersonField = """
        "accountId":"01980000-0000-7000-8000-00000000000b"
        """;

    private const string AtField = """
        "occurredAt":"2026-12-01T03:15:00+00:00"
        """;

    private static void Has(object message, string name, params string[] fields)
    {
        Assert.Equal($"halong.{name}.v1", message.GetType().GetCustomAttribute<EntityNameAttribute>()!.EntityName);
        Assert.Equal($"urn:message:halong.{name}.v1", message.GetType().GetCustomAttribute<MessageUrnAttribute>()!.Urn.ToString());
        Assert.Equal("{" + string.Join(',', fields.Select(f => f.Trim())) + "}",
            JsonSerializer.Serialize(message, message.GetType(), Json));
    }

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public void A_request_and_a_reminder_say_who_and_until_when()
    {
        const string Deadline = "\"deadline\":\"2026-12-01T03:15:00+00:00\"";
        Has(new SigningRequested(Session, Person, "H49", At, At), "signing-requested", SessionField, PersonField, "\"subject\":\"H49\"", Deadline, AtField);
        Has(new SigningReminderDue(Session, Person, "", At, At), "signing-reminder-due", SessionField, PersonField, "\"subject\":\"\"", Deadline, AtField);
    }

    [Fact]
    public void A_completion_has_the_hashes_of_what_was_signed() =>
        Has(new SigningCompleted(Session, "H49", "dossier", [new SignedDocument(Document, "ab12")], At), "signing-completed", SessionField,
            "\"subject\":\"H49\"", "\"createdBy\":\"dossier\"",
            "\"documents\":[{\"documentId\":\"01980000-0000-7000-8000-00000000000c\",\"sha256\":\"ab12\"}]", AtField);

    [Fact]
    public void Other_ends_say_whose_session_it_was()
    {
        const string Subject = "\"subject\":\"H49\"";
        const string Creator = "\"createdBy\":\"dossier\"";
        Has(new SigningRefused(Session, "H49", "dossier", Person, At), "signing-refused", SessionField, Subject, Creator, PersonField, AtField);
        Has(new SigningExpired(Session, "H49", "dossier", At), "signing-expired", SessionField, Subject, Creator, AtField);
        Has(new SigningCancelled(Session, "H49", "dossier", At), "signing-cancelled", SessionField, Subject, Creator, AtField);
    }

    [Fact]
    public void The_service_and_its_methods_keep_their_names()
    {
        var service = SignaturesReflection.Descriptor.Services[1];
        Assert.Equal("halong.signatures.v1.SigningSessions", service.FullName);
        Assert.Equal(["Create", "Get", "GetDocument", "Cancel"], service.Methods.Select(m => m.Name));
        Assert.All(service.Methods, m => Assert.False(m.IsClientStreaming || m.IsServerStreaming));
    }
}
