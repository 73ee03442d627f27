using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Sending.Sms;

/// <summary>
/// The SOAP 1.1 messages of the older aggregators: <c>wsCpMt</c> sends; <c>wsMtStatus</c> (assumed) asks about up to 100 RequestIDs. Answers are read without DTD,
/// without anything fetched, by local names, because namespaces differ from carrier to carrier.
/// </summary>
internal static class SmsSoapWire
{
    private const int LongestAnswer = 256 * 1024;
    private static readonly XNamespace Soap = "http://schemas.xmlsoap.org/soap/envelope/";
    private static readonly XNamespace Bulk = "http://impl.bulkSms.ws/";

    /// <summary>What became of one RequestID: 0 not known, 1 taken, 2 arrived, 3 given up.</summary>
    internal sealed record State(string RequestId, int Code, string? Reason, DateTimeOffset? At);

    /// <summary>The result code, and the states asked for.</summary>
    internal sealed record Result(int Code, IReadOnlyList<State> States);

    /// <param name="options">Who we are.</param>
    /// <param name="to">84 and the number.</param>
    /// <param name="key">Our id of the message.</param>
    /// <param name="text">What it says.</param>
    public static string Send(SmsSoapOptions options, string to, string key, SmsText text) => Envelope("wsCpMt", options,
        new XElement("RequestID", key), new XElement("UserID", to), new XElement("ReceiverID", to), new XElement("ServiceID", options.Sender),
        new XElement("CommandCode", options.CommandCode), new XElement("Content", new string([.. text.Text.Where(IsXml)])),
        new XElement("ContentType", text.IsUcs2 ? "1" : "0"));

    public static string Ask(SmsSoapOptions options, IEnumerable<string> keys) => Envelope("wsMtStatus", options, [.. keys.Select(k => new XElement("RequestID", k))]);

    /// <summary>Null when this is no answer of theirs.</summary>
    public static Result? Read(Stream answer)
    {
        try
        {
            using var reader = XmlReader.Create(answer, new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                MaxCharactersInDocument = LongestAnswer,
            });
            var body = XDocument.Load(reader).Root?.Elements().FirstOrDefault(e => e.Name.LocalName == "Body");
            var result = body?.Descendants().FirstOrDefault(e => e.Name.LocalName == "return");
            return result is not null && int.TryParse(Text(result, "result"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var code)
                ? new Result(code, [.. result.Elements().Where(e => e.Name.LocalName == "mt").Select(ReadState).OfType<State>()])
                : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static State? ReadState(XElement mt) =>
        int.TryParse(Text(mt, "state"), NumberStyles.None, CultureInfo.InvariantCulture, out var code) && Text(mt, "RequestID") is { } key
        ? new State(key, code, Text(mt, "reason"), Time(Text(mt, "time")))
        : null;

    /// <summary>Vietnamese time, as all of them write it.</summary>
    private static DateTimeOffset? Time(string? text) =>
        DateTime.TryParseExact(text, "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? new DateTimeOffset(time, LocalTime.Zone.GetUtcOffset(time)).ToUniversalTime()
            : null;

    private static string Envelope(string operation, SmsSoapOptions options, params XElement[] arguments)
    {
        var call = new XElement(Bulk + operation, new XAttribute(XNamespace.Xmlns + "impl", Bulk),
            new XElement("User", options.User), new XElement("Password", options.Password), new XElement("CPCode", options.CpCode), arguments);
        var envelope = new XElement(
            Soap + "Envelope", new XAttribute(XNamespace.Xmlns + "soapenv", Soap), new XElement(Soap + "Header"), new XElement(Soap + "Body", call));
        return new StringBuilder("""<?xml version="1.0" encoding="utf-8"?>""").Append(envelope.ToString(SaveOptions.DisableFormatting)).ToString();
    }

    private static string? Text(XElement parent, string name) => parent.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value.Trim();

    // Halves of pairs stay: a pair is one letter to XML.
    private static bool IsXml(char c) => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c);
}
