using System.Reflection;
using System.Text.Json;
using HaLong.Notifications.Contracts.Events;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Features.Events;
using HaLong.Notifications.Features.Messages;
using HaLong.Notifications.Tests.Support;
using MassTransit;

namespace HaLong.Notifications.Tests.Wire;

/// <summary>What is written here is relied on by queues in operation and by partners: change it on purpose only.</summary>
public sealed class WireTests
{
    private static readonly Guid One = Guid.Parse("01a20933-0000-7000-8000-000000000001");
    private static readonly Guid Two = Guid.Parse("01a20933-0000-7000-8000-000000000002");
    private static readonly Guid Three = Guid.Parse("01a20933-0000-7000-8000-000000000003");

    [Theory]
    [InlineData(typeof(MessageDelivered), "halong.message-delivered.v1")]
    [InlineData(typeof(NotifyOwner), "halong.notification.notify-owner.v1")]
    [InlineData(typeof(NotifyStaff), "halong.notification.notify-staff.v1")]
    [InlineData(typeof(MessageFailed), "halong.message-failed.v1")]
    public void Wire_names_stay(Type type, string name)
    {
        Assert.Equal(name, type.GetCustomAttribute<EntityNameAttribute>()!.EntityName);
        Assert.Equal("urn:message:" + name, MessageUrn.ForTypeString(type));
    }

    [Fact]
    public void The_published_event_keeps_its_fields() => Assert.Equal(
        """{"messageId":"01a20933-0000-7000-8000-000000000001","recipientId":"01a20933-0000-7000-8000-000000000002","dossierId":"01a20933-0000-7000-8000-000000000003","channel":"inApp","occurredAt":"2026-11-23T02:15:00+00:00"}""",
        JsonSerializer.Serialize(new MessageDelivered(One, Two, Three, Words.Of(MessageChannel.InApp), Facts.At), JsonSerializerOptions.Web));

    [Fact]
    public void A_notice_that_was_put_aside_before_there_were_waits_is_still_read()
    {
        const string Old = """{"kind":"dossier-accepted","trigger":"a/1","recipientId":"01a20933-0000-7000-8000-000000000002","dossierId":null,"dossierCode":null,"occurredAt":"2026-11-23T02:15:00+00:00","attempt":2}""";

        var notice = JsonSerializer.Deserialize<NotifyOwner>(Old, JsonSerializerOptions.Web)!;

        Assert.Equal((2, null, false), (notice.Attempt, notice.Wait, notice.Quiet));
    }

    [Fact]
    public void An_order_to_tell_officials_keeps_its_fields()
    {
        var order = new NotifyStaff(new NotifyOwner("wait-officer", "w", One, Two, "c", Facts.At, Deadline: Facts.At, Wait: "CHECK", Quiet: true), ["chief"], "06658", Three, 1);

        var json = JsonSerializer.SerializeToElement(order, JsonSerializerOptions.Web);

        Assert.Equal(["notice", "roles", "unitCode", "exceptId", "attempt"], json.EnumerateObject().Select(p => p.Name));
        var back = json.Deserialize<NotifyStaff>(JsonSerializerOptions.Web)!;
        Assert.Equal(order.Roles, back.Roles);
        Assert.Equal(order, back with { Roles = order.Roles });
    }

    [Fact]
    public void The_public_envelope_keeps_its_bytes()
    {
        var fact = new PublicFact(EventTypes.Accepted, 3, Facts.At, new AcceptedData(One, "H49-0001", "1.013978", "06658", Facts.At.AddDays(10)));

        Assert.Equal(
            """{"specversion":"1.0","id":"01a20933-0000-7000-8000-000000000002","source":"urn:halong:dossier","type":"vn.halong.dossier.accepted.v1","subject":"01a20933-0000-7000-8000-000000000001","time":"2026-11-23T02:15:00+00:00","datacontenttype":"application/json","sequence":3,"data":{"dueAt":"2026-12-03T02:15:00+00:00","dossierId":"01a20933-0000-7000-8000-000000000001","code":"H49-0001","procedureCode":"1.013978","unitCode":"06658"}}""",
            CloudEvent.Of(fact, Two, null).ToJson());
    }

    [Fact]
    public void Channels_are_stored_as_words()
    {
        Assert.Equal(["inApp", "email", "sms", "zalo", "push"], Enum.GetValues<MessageChannel>().Select(Words.Of));
        Assert.Equal(MessageChannel.InApp, Words.Parse<MessageChannel>("inApp"));
    }

    [Fact]
    public void Every_refusal_has_a_code_of_its_own_and_a_message_in_both_languages()
    {
        var errors = typeof(NotificationErrors).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(f => Assert.IsType<HaLong.ServiceDefaults.Error>(f.GetValue(null))).ToList();

        Assert.Equal(Enumerable.Range(1, errors.Count).Select(n => $"NOT-{n:0000}"), errors.Select(e => e.Code));
        Assert.All(errors, e => Assert.True(e.Vi.Length > 10 && e.En.Length > 10 && e.Vi != e.En));
    }
}
