using System.Text.Json;
using Google.Protobuf.Reflection;
using HaLong.Signatures.Contracts.Events;
using HaLong.Signatures.V1;
using MassTransit;

namespace HaLong.Signatures.Tests.Contracts;

/// <summary>What others rely on: changing a line here is changing a contract.</summary>
public sealed class SignatureContractTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public void Proto_fields_keep_their_numbers_and_types()
    {
        string[] approved =
        [
            "SignPdfRequest.document_id = 1 String", "SignPdfRequest.pdf = 2 Bytes", "SignPdfRequest.unit_code = 3 String",
            "SignPdfRequest.signer_id = 4 String", "SignPdfRequest.reason = 5 String", "SignPdfRequest.location = 6 String",
            "SignPdfResponse.signature_id = 1 String", "SignPdfResponse.signed_pdf = 2 Bytes", "SignPdfResponse.sha256 = 3 String",
            "SignPdfResponse.signer_subject = 4 String", "SignPdfResponse.signed_at = 5 String",
            "ValidatePdfRequest.pdf = 1 Bytes",
            "ValidatePdfResponse.indication = 1 String", "ValidatePdfResponse.signatures = 2 Message",
            "SignatureReport.indication = 1 String", "SignatureReport.signer_subject = 2 String", "SignatureReport.claimed_at = 3 String",
            "SignatureReport.covers_whole_file = 4 Bool", "SignatureReport.reasons = 5 String",
            "SignatureReport.time_stamped_at = 6 String", "SignatureReport.level = 7 String",
            "SignFileRequest.document_id = 1 String", "SignFileRequest.name = 2 String", "SignFileRequest.mime_type = 3 String",
            "SignFileRequest.hash_algorithm = 4 String", "SignFileRequest.hash = 5 Bytes", "SignFileRequest.unit_code = 6 String",
            "SignFileRequest.signer_id = 7 String",
            "SignFileResponse.signature_id = 1 String", "SignFileResponse.signature = 2 Bytes", "SignFileResponse.name = 3 String",
            "SignFileResponse.signer_subject = 4 String", "SignFileResponse.signed_at = 5 String", "SignFileResponse.level = 6 String",
            "SignStatementRequest.document_id = 1 String", "SignStatementRequest.type = 2 String", "SignStatementRequest.payload = 3 Bytes",
            "SignStatementRequest.unit_code = 4 String", "SignStatementRequest.signer_id = 5 String",
            "SignStatementResponse.signature_id = 1 String", "SignStatementResponse.jws = 2 String",
            "SignStatementResponse.signer_subject = 3 String", "SignStatementResponse.signed_at = 4 String",
        ];

        var sessions = new[]
        {
            "CreateSigningSessionRequest.session_id = 1 String", "CreateSigningSessionRequest.purpose = 2 String",
            "CreateSigningSessionRequest.subject = 3 String", "CreateSigningSessionRequest.unit_code = 4 String",
            "CreateSigningSessionRequest.deadline = 5 String", "CreateSigningSessionRequest.documents = 6 Message",
            "CreateSigningSessionRequest.signers = 7 Message",
            "NewSigningDocument.name = 1 String", "NewSigningDocument.pdf = 2 Bytes",
            "NewSigner.account_id = 1 String", "NewSigner.turn = 2 Int32", "NewSigner.role = 3 String", "NewSigner.place = 4 Message",
            "SignaturePlace.document = 1 Int32", "SignaturePlace.page = 2 Int32", "SignaturePlace.x = 3 Double",
            "SignaturePlace.y = 4 Double", "SignaturePlace.width = 5 Double", "SignaturePlace.height = 6 Double",
            "GetSigningSessionRequest.session_id = 1 String",
            "GetSigningDocumentRequest.session_id = 1 String", "GetSigningDocumentRequest.document_id = 2 String",
            "CancelSigningSessionRequest.session_id = 1 String",
            "SigningSessionReply.session_id = 1 String", "SigningSessionReply.state = 2 String", "SigningSessionReply.deadline = 3 String",
            "SigningSessionReply.closed_at = 4 String", "SigningSessionReply.documents = 5 Message", "SigningSessionReply.signers = 6 Message",
            "SigningDocumentInfo.document_id = 1 String", "SigningDocumentInfo.name = 2 String", "SigningDocumentInfo.sha256 = 3 String",
            "SigningDocumentInfo.size = 4 Int64", "SigningDocumentInfo.signatures = 5 Int32",
            "SignerInfo.account_id = 1 String", "SignerInfo.turn = 2 Int32", "SignerInfo.role = 3 String", "SignerInfo.state = 4 String",
            "SignerInfo.reason = 5 String", "SignerInfo.changed_at = 6 String",
            "SigningDocumentReply.document_id = 1 String", "SigningDocumentReply.name = 2 String", "SigningDocumentReply.pdf = 3 Bytes",
            "SigningDocumentReply.sha256 = 4 String",
        };

        var actual = SignaturesReflection.Descriptor.MessageTypes
            .SelectMany(m => m.Fields.InFieldNumberOrder().Select(f => $"{m.Name}.{f.Name} = {f.FieldNumber} {Type(f)}"));
        Assert.Equal(approved.Concat(sessions).Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_service_and_its_methods_keep_their_names()
    {
        Assert.Equal(["Signing", "SigningSessions"], SignaturesReflection.Descriptor.Services.Select(s => s.Name));
        var service = SignaturesReflection.Descriptor.Services[0];
        Assert.Equal("halong.signatures.v1.Signing", service.FullName);
        Assert.Equal(["SignPdf", "ValidatePdf", "SignFile", "SignStatement"], service.Methods.Select(m => m.Name));
    }

    [Fact]
    public void The_event_keeps_its_name_and_shape()
    {
        var told = new DocumentSigned(
            Guid.Parse("01980000-0000-7000-8000-00000000000a"), Guid.Parse("01980000-0000-7000-8000-00000000000b"), "ab12", "CN=Con dấu",
            new DateTimeOffset(2026, 7, 24, 3, 15, 0, TimeSpan.Zero));

        Assert.Equal("halong.document-signed.v1",
            typeof(DocumentSigned).GetCustomAttributes(false).OfType<EntityNameAttribute>().Single().EntityName);
        Assert.Equal(
            """{"signatureId":"01980000-0000-7000-8000-00000000000a","documentId":"01980000-0000-7000-8000-00000000000b","sha256":"ab12","signerSubject":"CN=Con dấu","occurredAt":"2026-07-24T03:15:00+00:00"}""",
            JsonSerializer.Serialize(told, Json));
    }

    private static FieldType Type(FieldDescriptor field) => field.FieldType;
}
